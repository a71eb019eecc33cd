using AppNet;

namespace Sample;

public static partial class Camera
{
    /// <summary>A frame is there.</summary>
    [Event("frame_ready")]
    public static partial Task FrameReady(int frame, string path = "none", params int[] sizes);

    [Event("stopped", WhenFull = EventQueueFull.Wait)]
    internal static partial ValueTask Stopped();

    [Event("stopped")]
    private static partial Task Stopped(Reason reason);

    private sealed record Reason(string Text);
}

public partial record struct Shot<T>
{
    [Event("shot")]
    public static partial Task Taken(T @event);

    internal partial interface IInner
    {
        [Event("inner")]
        protected static partial Task Raise(List<T?> values);
    }
}

public static partial class Forwarding
{
    [Connect]
    [Subscribe("far")]
    [Event("near")]
    public static partial Task Forward(int number);
}
