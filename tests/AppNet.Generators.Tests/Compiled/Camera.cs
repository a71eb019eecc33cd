namespace AppNet.Generators.Tests.Compiled;

/// <summary>Events that the compiler of the SDK builds with the generator, as in a user's project.</summary>
public static partial class Camera
{
    [Event("compiled.frame_ready", WhenFull = EventQueueFull.Wait)]
    public static partial Task FrameReady(int frame, string path = "none");

    [Event("compiled.stopped")]
    public static partial ValueTask Stopped();

    [Event("compiled.image_ready", Prepare = nameof(Shape))]
    public static partial Task ImageReady(int width, string path);

    [Event("compiled.cleaned", Prepare = nameof(Clean), WhenFull = EventQueueFull.Disconnect)]
    public static partial Task Cleaned(string text, int count);

    private static EventArguments Shape(int width, string path) =>
        width < 0 ? throw new ArgumentOutOfRangeException(nameof(width)) : new(width) { ["path"] = path };

    private static EventArguments Clean(EventArguments arguments)
    {
        arguments[0] = ((string)arguments[0]!).Trim();
        return arguments;
    }
}
