using System.Threading.Channels;

namespace AppNet.Generators.Tests.Programs;

/// <summary>What a user's program holds: functions, events, their hooks, and subscribers, all of generated code.</summary>
public static partial class Newsroom
{
    /// <summary>Gets what the subscribers have seen.</summary>
    public static Channel<string> Seen { get; } = Channel.CreateUnbounded<string>();

    /// <summary>An object whose hook says what of it is delivered.</summary>
    public sealed record Image(int Width, string Path, string Secret);

    [Event("programs.image_ready", Prepare = nameof(Shape))]
    public static partial Task ImageReady(Image image);

    [Event("programs.cleaned", Prepare = nameof(Clean))]
    public static partial Task Cleaned(string text, int count);

    [Event("programs.ticked")]
    public static partial Task Ticked(int number);

    /// <summary>Raises from inside a function: the peer that it runs on is the publisher.</summary>
    [Connect("programs.publish")]
    public static async Task<int> Publish(string text)
    {
        await ImageReady(new Image(640, text, "not for everybody"));
        await Cleaned($"  {text}  ", 1);
        return Net.Peer.Port;
    }

    [Connect("programs.publish_badly")]
    public static Task PublishBadly() => Cleaned("bad", -1);

    [Connect("programs.tick")]
    public static async Task Tick(int count)
    {
        for (var i = 1; i <= count; i++)
        {
            await Ticked(i);
        }
    }

    [Connect]
    public static int WhereAmI() => Net.Peer.Port;

    [Subscribe("programs.image_ready", Groups = ["newsroom"])]
    public static void OnImage(int width, string path, EventContext context) => Seen.Writer.TryWrite($"image {width} {path} {context.Publisher.Id.Port}");

    [Subscribe("programs.cleaned", Groups = ["newsroom"])]
    public static void OnCleaned(string text, int count) => Seen.Writer.TryWrite($"cleaned '{text}' {count}");

    private static EventArguments Shape(Image image) => new(image.Width) { ["path"] = image.Path };

    private static EventArguments Clean(EventArguments args)
    {
        args[0] = (int)args[1]! < 0 ? throw new ArgumentOutOfRangeException(nameof(args)) : ((string)args[0]!).Trim();
        return args;
    }
}
