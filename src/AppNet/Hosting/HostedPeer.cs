using Microsoft.Extensions.Hosting;

namespace AppNet.Hosting;

/// <summary>Starts and stops the application's peer with its host.</summary>
/// <param name="peer">The peer.</param>
internal sealed class HostedPeer(LocalPeer peer) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => peer.StartAsync(cancellationToken);

    /// <summary>Leaves in order; the host's own limit ends the wait for calls under way.</summary>
    /// <param name="cancellationToken">The host's limit.</param>
    /// <returns>A task that ends when the peer has left.</returns>
    public Task StopAsync(CancellationToken cancellationToken) => peer.StopAsync(cancellationToken);
}
