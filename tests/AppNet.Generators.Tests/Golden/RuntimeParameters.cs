using AppNet;

public static class Frames
{
    [Connect]
    public static int Render(int frame, CancellationToken ct) => frame;

    [Connect]
    public static int Middle(int first, CancellationToken stop = default, int second = 2) => first + second;

    [Connect]
    public static int Known(CallContext context, int value) => value;

    [Connect]
    public static int Named(string cancellationToken) => cancellationToken.Length;
}
