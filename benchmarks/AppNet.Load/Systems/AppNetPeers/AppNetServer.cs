namespace AppNet.Load.Systems.AppNetPeers;

/// <summary>A peer that offers <see cref="LoadFunctions"/>, named to clients by its id.</summary>
internal sealed class AppNetServer(LoadTransport transport, LocalPeer peer) : ILoadServer
{
    /// <inheritdoc/>
    public Endpoint Endpoint { get; } = new(transport, peer.Id.ToString());

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => peer.DisposeAsync();
}
