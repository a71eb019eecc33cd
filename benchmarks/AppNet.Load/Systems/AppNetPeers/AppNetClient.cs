namespace AppNet.Load.Systems.AppNetPeers;

/// <summary>A peer of its own, so that it has a link of its own, which calls through the generated overloads.</summary>
internal sealed class AppNetClient(LocalPeer local, PeerId server) : IWorkloadClient
{
    private readonly Peer _server = local.GetPeer(server);

    /// <inheritdoc/>
    public ValueTask<int> AddAsync(int left, int right) => new(LoadFunctions.Add(left, right, peer: _server));

    /// <inheritdoc/>
    public ValueTask<byte[]> EchoAsync(byte[] payload) => new(LoadFunctions.Echo(payload, peer: _server));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => local.DisposeAsync();
}
