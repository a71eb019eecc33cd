using BenchmarkDotNet.Attributes;

namespace AppNet.Micro;

/// <summary>Raising an event, with subscribers in memory and without. What handles it runs beside, on its own threads.</summary>
public class EventBenchmarks
{
    private const string Name = "tick";

    private readonly List<LocalPeer> _peers = [];
    private Event<int> _event = null!;
    private int _number;

    /// <summary>Gets or sets how many peers have subscribed.</summary>
    [Params(0, 1, 8)]
    public int Subscribers { get; set; }

    /// <summary>Starts the publisher, which is the peer of this process, and the subscribers.</summary>
    /// <returns>A task that ends when all have subscribed.</returns>
    [GlobalSetup]
    public async Task SetupAsync()
    {
        var network = new MemoryNetwork();
        var publisher = await StartAsync(network);
        _event = publisher.Event<int>(Name, EventQueueFull.Wait);
        for (var index = 0; index < Subscribers; index++)
        {
            var subscriber = await StartAsync(network);
            await subscriber.SubscribeAsync(Name, (int _) => { }, subscriber.GetPeer(publisher.Id));
        }
    }

    /// <summary>Stops them.</summary>
    /// <returns>A task that ends when they have.</returns>
    [GlobalCleanup]
    public async Task CleanupAsync()
    {
        foreach (var peer in _peers)
        {
            await peer.DisposeAsync();
        }

        _peers.Clear();
    }

    /// <summary>Raises an event, and waits where a queue is full.</summary>
    /// <returns>A task that ends when it is queued for each subscriber.</returns>
    [Benchmark]
    public Task Raise() => _event.RaiseAsync(_number++);

    private async Task<LocalPeer> StartAsync(MemoryNetwork network)
    {
        var peer = new LocalPeer(new NetOptions { Network = network });
        _peers.Add(peer);
        await peer.StartAsync();
        return peer;
    }
}
