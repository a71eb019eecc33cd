using System.Text.Json.Serialization;

namespace AppNet.Snippets.Functions;

// <multiply>
public static class Calc
{
    [Connect]                                           // tag: namespace.type.method
    public static int MultiplyValues(int val1, int val2 = 5) => val1 * val2;
}
// </multiply>

public static class App
{
    // <my-function>
    [Connect]
    public static int MyFunction(int someArg, int someKwarg = 5) => someArg * someKwarg;
    // </my-function>
}

public static class Greeting
{
    // <tag>
    [Connect("MyTaggedFunction")]                       // survives renames, and joins two code bases
    public static string Greet(string name) => $"Hello {name}";
    // </tag>
}

public static class Log
{
    // <context>
    [Connect]
    public static async Task<int> CountLines(string path, CallContext context, CancellationToken cancellationToken)
    {
        Console.WriteLine($"{context.Caller} asks, and waits for {context.TimeLeft?.ToString() ?? "ever"}");
        return (await File.ReadAllLinesAsync(path, cancellationToken)).Length;
    }
    // </context>
}

// <stub>
public static partial class Renderer
{
    [Connect("Render")]
    public static partial Task<string> Render(int frame, Peer peer, CancellationToken cancellationToken = default);
}
// </stub>

// <types>
public sealed record Image(int Width, int Height, string Path);

public static class Images
{
    [Connect]
    public static Image Halve(Image image) => image with { Width = image.Width / 2, Height = image.Height / 2 };
}
// </types>

// <json>
[JsonSerializable(typeof(Image))]
public sealed partial class ImagesJson : JsonSerializerContext;
// </json>

public static class Calling
{
    public static async Task Multiply(Peer peer)
    {
        // <call>
        Console.WriteLine(Calc.MultiplyValues(5, 10));                        // here: the method itself
        Console.WriteLine(await Calc.MultiplyValues(5, 10, peer: peer));      // there
        Console.WriteLine(await Calc.MultiplyValues(5, peer: peer));          // there, val2 is 5
        Console.WriteLine(await Calc.MultiplyValues(val2: 2, val1: 5, peer: peer));
        // </call>
    }

    public static async Task MyFunction()
    {
        // <call-my-function>
        Console.WriteLine(App.MyFunction(5, someKwarg: 10));
        foreach (var peer in await Net.GetPeersAsync())
        {
            Console.WriteLine(await App.MyFunction(5, someKwarg: 10, peer: peer));
        }
        // </call-my-function>
    }

    public static async Task Greet(Peer peer)
    {
        // <call-tag>
        Console.WriteLine(await Greeting.Greet("Ann", peer: peer));
        Console.WriteLine(await peer.InvokeAsync<string>("MyTaggedFunction", ["Ann"]));      // the same, by its tag
        // </call-tag>
    }

    public static async Task Here()
    {
        // <call-here>
        int direct = Calc.MultiplyValues(5, 10);                              // only the method
        int through = await Calc.MultiplyValues(5, 10, peer: null);           // here too, with flags and CallContext
        // </call-here>
        Console.WriteLine($"{direct} {through}");
    }

    public static async Task Stop(Peer peer, CancellationToken stopping)
    {
        // <timeout>
        var patient = peer.With(timeout: TimeSpan.FromSeconds(30));
        Console.WriteLine(await Calc.MultiplyValues(5, 10, peer: patient, cancellationToken: stopping));
        // </timeout>
    }

    public static async Task Fail(Peer peer)
    {
        // <errors>
        try
        {
            Console.WriteLine(await Log.CountLines("missing.txt", peer: peer));
        }
        catch (FileNotFoundException exception)                   // what the function threw, as its own type
        {
            var remote = (RemoteException)exception.InnerException!;
            Console.WriteLine($"{remote.RemoteType} at {remote.Peer?.ToFriendlyString()}");
        }
        catch (NetException exception) when (exception.Outcome == CallOutcome.HasNotRun)
        {
            Console.WriteLine($"{exception.Error}: it is safe to ask another peer");
        }
        catch (NetException exception)
        {
            Console.WriteLine($"{exception.Error}: {exception.Outcome}");
        }
        // </errors>
    }

    public static void Know()
    {
        // <known-exceptions>
        Net.Peer.Exceptions.Add(remote => new OutOfPaperException(remote.RemoteMessage, remote));
        // </known-exceptions>
    }

    public static async Task Delegates(LocalPeer other, Peer peer)
    {
        // <delegate>
        other.Connect("Add", (int a, int b) => a + b);                        // or Net.Connect, for the process's peer

        Console.WriteLine(await peer.InvokeAsync<int>("Add", [5, 10]));
        Console.WriteLine(await peer.InvokeAsync<int>("Add", new CallArguments(5) { ["b"] = 10 }));
        // </delegate>
    }

    public static async Task Halve(Peer peer)
    {
        // <call-types>
        Console.WriteLine(await Images.Halve(new Image(640, 480, "a.png"), peer: peer));
        // </call-types>
    }

    public static async Task UseJson()
    {
        // <use-json>
        await Net.StartAsync(options => options.SerializerContexts.Add(ImagesJson.Default));
        // </use-json>
    }

    // <offer-render>
    // On the peers that can: the same tag, and a delegate or another [Connect("Render")] behind it.
    public static Connection Offer(LocalPeer renderer) =>
        renderer.Connect("Render", (int frame) => $"frame {frame} is done");
    // </offer-render>

    public static async Task Render(Peer peer)
    {
        // <call-render>
        Console.WriteLine(await Renderer.Render(7, peer));
        // </call-render>
    }
}

public static class Defaults
{
    public static async Task Info(Peer peer)
    {
        // <info>
        PeerInfo info = await Net.InfoAsync(peer);
        Console.WriteLine($"{info.Group ?? "no group"}, {info.User}, {info.Executable}");
        // </info>
    }

    public static async Task PassThrough(Peer peer)
    {
        // <pass-through>
        Console.WriteLine(await Net.PassThroughAsync(peer, "testing"));                       // testing
        Console.WriteLine(await Net.PassThroughAsync(peer, new CallArguments("testing", 5) { ["so"] = true }));
        // </pass-through>
    }

    public static async Task Null(Peer peer)
    {
        // <null>
        Console.WriteLine(await Net.NullAsync(peer));                                         // NULL
        // </null>
    }

    public static async Task Connections(Peer peer)
    {
        // <connections>
        foreach (var connection in await Net.ConnectionsAsync(peer))
        {
            Console.WriteLine($"{connection.Tag}: {connection.Signature}");
        }
        // </connections>
    }
}

public sealed class OutOfPaperException(string message, Exception? inner) : Exception(message, inner);
