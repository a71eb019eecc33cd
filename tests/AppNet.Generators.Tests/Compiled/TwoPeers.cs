namespace AppNet.Generators.Tests.Compiled;

/// <summary>Two peers of a network in memory, which offer what this assembly connects.</summary>
internal sealed class TwoPeers : IAsyncDisposable
{
    private readonly LocalPeer _near;
    private readonly LocalPeer _far;

    private TwoPeers()
    {
        var network = new MemoryNetwork();
        _near = new LocalPeer(new NetOptions { Network = network });
        _far = new LocalPeer(new NetOptions { Network = network });
    }

    /// <summary>Gets the caller's handle to the other one.</summary>
    public Peer Peer => _near.GetPeer(_far.Id);

    /// <summary>Gets the peer that is called.</summary>
    public LocalPeer Far => _far;

    public static async Task<TwoPeers> StartAsync()
    {
        var peers = new TwoPeers();
        await peers._near.StartAsync();
        await peers._far.StartAsync();
        return peers;
    }

    public async ValueTask DisposeAsync()
    {
        await _near.DisposeAsync();
        await _far.DisposeAsync();
    }
}
