using AppNet.Load.Workloads;

namespace AppNet.Load.Systems.AppNetPeers;

/// <summary>AppNet through its public API: generated overloads, all features on, logging at its default.</summary>
/// <remarks>
/// Two peers have one link, so links are pairs of peers. Idle ones are measured with a client peer for each, and calls over many with as
/// many peers on either side as their root: a peer has its timers and its watch, of which a program has one set and not a hundred.
/// </remarks>
internal sealed class AppNetSystem : IEventSystem
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    // Pings as ever, and more patience: thousands of peers that share two cores do not all get their turn within 2 s.
    private static readonly KeepAliveOptions Patience = KeepAliveOptions.OnHost with
    {
        DoubtAfter = TimeSpan.FromSeconds(20),
        LostAfter = TimeSpan.FromSeconds(30),
    };

    /// <inheritdoc/>
    public string Name => "appnet";

    /// <summary>Gets what a peer has open: the lock of its entry, two listeners and the link.</summary>
    public int FilesPerLink => 4;

    /// <inheritdoc/>
    public bool Supports(LoadTransport transport, string workload) =>
        workload is "W1" or "W2" or "W3" || (transport != LoadTransport.Tls && workload is "W4" or "W4L" or "W5" or "WL");

    /// <inheritdoc/>
    public async Task<ILoadServer> StartServerAsync(Endpoint endpoint, LoadCase load) =>
        new AppNetServer(endpoint.Transport, await StartPeersAsync(endpoint.Transport, RootOf(load.Links), SharedHost.OfServer));

    /// <inheritdoc/>
    public async Task<IWorkloadClient> CreateClientAsync(Endpoint endpoint) => (await CreateClientsAsync(endpoint, 1))[0];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<IWorkloadClient>> CreateClientsAsync(Endpoint endpoint, int count)
    {
        var servers = AppNetServer.IdsOf(endpoint);
        var peers = await StartPeersAsync(endpoint.Transport, (count + servers.Count - 1) / servers.Count, SharedHost.OfClient);
        return [.. Enumerable.Range(0, count).Select(link => new AppNetClient(peers[link / servers.Count], servers[link % servers.Count]))];
    }

    /// <inheritdoc/>
    public async Task<IAsyncDisposable> SubscribeAsync(Endpoint endpoint, Action<int> handler)
    {
        var peer = (await StartPeersAsync(endpoint.Transport, 1, SharedHost.OfClient))[0];
        var publisher = peer.GetPeer(AppNetServer.IdsOf(endpoint)[0]);
        var subscription = await peer.SubscribeAsync(AppNetServer.EventName, handler, publisher);
        while (subscription.Publishers.Count == 0)
        {
            await Task.Delay(Pause, TimeProvider.System);
        }

        return peer;
    }

    private static async Task<LocalPeer[]> StartPeersAsync(LoadTransport transport, int count, string host)
    {
        var peers = new LocalPeer[count];
        for (var index = 0; index < count; index++)
        {
            var options = new NetOptions { UseUnixSockets = transport == LoadTransport.Uds, KeepAliveOnHost = Patience };
            if (transport == LoadTransport.Tls)
            {
                SharedHost.Configure(options, host);
            }

            peers[index] = new LocalPeer(options);
            await peers[index].StartAsync();
        }

        return peers;
    }

    private static int RootOf(int links) => (int)Math.Ceiling(Math.Sqrt(links));
}
