using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace AppNet;

/// <summary>
/// Says whether the application's peer is there for others: <c>builder.Services.AddHealthChecks().AddCheck&lt;PeerHealthCheck&gt;("appnet")</c>.
/// Its data hold the peer's id, how many links it has and how many functions it offers.
/// </summary>
/// <param name="peer">The peer.</param>
public sealed class PeerHealthCheck(LocalPeer peer) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Task.FromResult(Check(context.Registration?.FailureStatus ?? HealthStatus.Unhealthy));
    }

    private HealthCheckResult Check(HealthStatus failure)
    {
        if (!peer.IsRunning)
        {
            return new HealthCheckResult(failure, peer.HasStopped ? "The peer has stopped." : "The peer has not started.");
        }

        var data = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["id"] = peer.Id.ToString(),
            ["links"] = peer.LinkCount,
            ["functions"] = peer.Connections.Count,
        };
        return HealthCheckResult.Healthy($"The peer runs as {peer.Id.ToFriendlyString()}.", data);
    }
}
