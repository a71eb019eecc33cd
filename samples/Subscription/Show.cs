using AppNet;

namespace Headlines;

/// <summary>All of it in one terminal: two processes that listen, and this one, which is the hub and starts last.</summary>
internal static class Show
{
    private static readonly string[] Lines = ["  A hub that starts last is found all the same.", "Nobody named anybody. ", "That was all."];

    /// <summary>Starts the listeners, then the hub, publishes a few lines, and ends all of it.</summary>
    public static async Task RunAsync()
    {
        await using var first = await Listener.StartAsync("first", Lines[^1]);
        await using var second = await Listener.StartAsync("second", Lines[^1]);

        await Net.StartAsync(options => options.IsHub = true);
        Console.WriteLine($"hub     {Net.Peer} has started, after those who listen.");
        while (Net.Peer.Subscriptions["headline"].Count < 2)
        {
            // A publisher does not wait for subscribers; only this show does.
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        foreach (var line in Lines)
        {
            await News.Headline(line);
        }

        // Awaiting an event means that it is queued, not that it was handled.
        await Task.WhenAll(first.UntilLastLineAsync(), second.UntilLastLineAsync());
        await Net.StopAsync();
    }

    /// <summary>Returns a token that ends when the standard input does.</summary>
    public static CancellationToken EndOfInput()
    {
        var ended = new CancellationTokenSource();
        new Thread(() =>
        {
            _ = Console.In.ReadToEnd();
            ended.Cancel();
        })
        { IsBackground = true }.Start();
        return ended.Token;
    }
}
