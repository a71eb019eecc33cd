using AppNet.TestKit;

namespace AppNet.Tests.Peers;

/// <summary>Two peers of a network in memory: one that calls, and one that is called.</summary>
internal sealed class Neighbours : IAsyncDisposable
{
    private Neighbours(Action<NetOptions>? near, Action<NetOptions>? far)
    {
        Near = Make(NearLog, near);
        Far = Make(FarLog, far);
    }

    public MemoryNetwork Network { get; } = new();

    public LogRecorder NearLog { get; } = new();

    public LogRecorder FarLog { get; } = new();

    /// <summary>Gets the peer that calls.</summary>
    public LocalPeer Near { get; }

    /// <summary>Gets the peer that is called.</summary>
    public LocalPeer Far { get; }

    /// <summary>Gets the caller's handle to the other one.</summary>
    public Peer ToFar => Near.GetPeer(Far.Id);

    public static async Task<Neighbours> StartAsync(Action<NetOptions>? near = null, Action<NetOptions>? far = null)
    {
        var neighbours = new Neighbours(near, far);
        await neighbours.Near.StartAsync();
        await neighbours.Far.StartAsync();
        return neighbours;
    }

    /// <summary>Makes one more peer of the network, not started.</summary>
    public LocalPeer Make(LogRecorder log, Action<NetOptions>? configure = null)
    {
        var options = new NetOptions { Network = Network, LoggerFactory = log };
        configure?.Invoke(options);
        return new LocalPeer(options);
    }

    public async ValueTask DisposeAsync()
    {
        await Near.DisposeAsync();
        await Far.DisposeAsync();
    }
}
