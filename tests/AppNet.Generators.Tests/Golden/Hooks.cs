using AppNet;

namespace Sample;

public abstract class Hooks
{
    protected static EventArguments Inherited(object value) => new(value);
}

public sealed partial class Prepared : Hooks
{
    [Event("image_ready", Prepare = nameof(Shape))]
    public static partial Task ImageReady(int width, string? @as);

    [Event("image_cleaned", Prepare = nameof(Clean), WhenFull = EventQueueFull.Disconnect)]
    public static partial ValueTask ImageCleaned(int width, byte[] pixels);

    [Event("both", Prepare = nameof(Shape))]
    public static partial Task Both(long width);

    [Event("none", Prepare = nameof(Clean))]
    public static partial Task None();

    [Event("inherited", Prepare = nameof(Inherited))]
    public static partial Task FromBase(int value);

    private static EventArguments Clean(EventArguments arguments) => arguments;

    private static EventArguments Shape(int width, string? path) => new(width) { ["path"] = path };

    private static EventArguments Shape(EventArguments arguments) => arguments;

    private static partial class Nested
    {
        [Event("outer", Prepare = nameof(Shape))]
        internal static partial Task FromOuter(short width, string path);
    }
}
