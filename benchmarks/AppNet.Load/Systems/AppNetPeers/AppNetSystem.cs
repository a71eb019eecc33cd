namespace AppNet.Load.Systems.AppNetPeers;

/// <summary>AppNet through its public API: generated overloads, all features on, logging at its default.</summary>
internal sealed class AppNetSystem : ISystem
{
    /// <inheritdoc/>
    public string Name => "appnet";

    /// <inheritdoc/>
    public bool Supports(LoadTransport transport, string workload) =>
        transport != LoadTransport.Tls && workload is "W1" or "W2" or "W3";

    /// <inheritdoc/>
    public async Task<ILoadServer> StartServerAsync(Endpoint endpoint) =>
        new AppNetServer(endpoint.Transport, await StartPeerAsync(endpoint.Transport));

    /// <inheritdoc/>
    public async Task<IWorkloadClient> CreateClientAsync(Endpoint endpoint) =>
        new AppNetClient(await StartPeerAsync(endpoint.Transport), PeerId.Parse(endpoint.Address));

    private static async Task<LocalPeer> StartPeerAsync(LoadTransport transport)
    {
        var peer = new LocalPeer(new NetOptions { UseUnixSockets = transport == LoadTransport.Uds });
        await peer.StartAsync();
        return peer;
    }
}
