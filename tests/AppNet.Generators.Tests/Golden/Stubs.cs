using AppNet;

namespace Sample;

public static partial class Renderer
{
    public partial record Inner
    {
        [Connect("Render")]
        public static partial Task<string> Render(int frame, Peer peer, CancellationToken cancellationToken = default);
    }

    [Connect("Clear")]
    internal static partial ValueTask Clear(Peer target);

    [Connect]
    public static partial int WithBody(int value);

    public static partial int WithBody(int value) => value;
}
