using AppNet.Connections;

namespace AppNet.Calls;

/// <summary>Calls the functions of a contract on a peer.</summary>
/// <param name="peer">The peer.</param>
internal sealed class PeerProxyCaller(Peer peer) : ProxyCaller
{
    /// <inheritdoc/>
    public override Task<TResult> InvokeAsync<TArguments, TResult>(
        ConnectionDefinition<TArguments, TResult> definition, TArguments arguments, CancellationToken cancellationToken) =>
        GeneratedCall.InvokeAsync(definition, arguments, peer, cancellationToken);
}
