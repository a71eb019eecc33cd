using AppNet;

namespace Headlines;

/// <summary>The peer that publishes.</summary>
internal static class Hub
{
    /// <summary>Publishes what is typed, until the input ends or Ctrl-C.</summary>
    public static async Task RunAsync()
    {
        await Net.StartAsync(options => options.IsHub = true);
        Console.WriteLine($"{Net.Peer} publishes what you type. Ctrl-D or Ctrl-C ends it.");
        using var leave = new CancellationTokenSource();
        var running = Net.RunAsync(leave.Token);
        await Task.WhenAny(running, Task.Run(PublishAsync));

        // Leaving hands out what is queued.
        await leave.CancelAsync();
        await running;
    }

    private static async Task PublishAsync()
    {
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var listeners = Net.Peer.Subscriptions["headline"].Count;
            await News.Headline(line);
            Console.WriteLine($"Published to {listeners}: {line}");
        }
    }
}
