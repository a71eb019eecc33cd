namespace AppNet.Snippets.Flags;

// <raise>
public static class Worker
{
    private static readonly SemaphoreSlim Free = new(initialCount: 1);

    [Connect]
    public static async Task<string> Work(int frame)
    {
        if (!await Free.WaitAsync(TimeSpan.Zero))
        {
            throw new FlagException("BUSY");                       // an instruction to the caller, no value
        }

        try
        {
            return await Renderer.RenderAsync(frame);
        }
        finally
        {
            _ = Free.Release();
        }
    }
}
// </raise>

// <return>
public static class Library
{
    [Connect]
    public static object Read(string name) => File.Exists(name) ? File.ReadAllText(name) : Flag.Of("NO_SUCH_FILE");
}
// </return>

internal static class Renderer
{
    public static Func<int, Task<string>> RenderAsync { get; set; } = frame => Task.FromResult($"{frame}.png");
}

// <handle>
public static class Answers
{
    [Flag("BUSY")]
    public static object? OnBusy(FlagContext context) =>
        throw new RetryLaterException($"{context.Peer} is busy with {context.Connection}.");

    [Flag("NO_SUCH_FILE")]
    public static string OnNoSuchFile(FlagContext context) => "";              // becomes the result of the call
}
// </handle>

public sealed class RetryLaterException(string message) : Exception(message);

public static class Calling
{
    public static async Task Busy(Peer peer)
    {
        // <call>
        try
        {
            Console.WriteLine(await Worker.Work(7, peer: peer));
        }
        catch (RetryLaterException exception)
        {
            Console.WriteLine(exception.Message);
        }
        // </call>
    }

    public static async Task Read(Peer peer)
    {
        // <call-object>
        Console.WriteLine($"'{await Library.Read("missing.txt", peer: peer)}'");
        // </call-object>
    }

    public static void Set()
    {
        // <set>
        Net.SetFlag("LATER", context => context.PeerInfo?.Group);              // without the generator
        // </set>
    }

    public static void Replace()
    {
        // <replace>
        Net.SetFlag(Flag.Null, _ => null);                                     // instead of the text NULL
        Net.SetFlag(Flag.InvalidConnection, context => $"{context.Peer} has no {context.Connection}");
        // </replace>
    }

    public static async Task Unknown(Peer peer)
    {
        // <unknown>
        try
        {
            await peer.InvokeAsync("no.such.function");
        }
        catch (NetException exception) when (exception.Error == NetError.NoSuchConnection)
        {
            Console.WriteLine(exception.Message);                              // names the tag and the peer
        }
        // </unknown>
    }

    public static async Task Local()
    {
        // <local>
        try
        {
            Console.WriteLine(Library.Read("missing.txt"));                     // a direct call: no handler, the Flag itself
            Console.WriteLine(await Library.Read("missing.txt", peer: null));   // through the overload: the handler's value
            throw new FlagException("BUSY");
        }
        catch (FlagException flag)
        {
            Console.WriteLine(flag.Name);
        }
        // </local>
    }
}
