using AppNet.Connections;

namespace AppNet.Calls;

/// <summary>Calls the functions of a contract that a peer of this process offers, without the wire.</summary>
/// <param name="owner">The peer.</param>
/// <param name="connections">Its functions.</param>
internal sealed class OwnProxyCaller(ICallOwner owner, ConnectionTable connections) : ProxyCaller
{
    /// <inheritdoc/>
    public override Task<TResult> InvokeAsync<TArguments, TResult>(
        ConnectionDefinition<TArguments, TResult> definition, TArguments arguments, CancellationToken cancellationToken)
    {
        return connections.TryGet(definition.Tag, out var connection)
            && connection.Definition is ConnectionDefinition<TArguments, TResult> offered
            ? LocalCall<TResult>.RunAsync(offered, in arguments, owner, cancellationToken)
            : Task.FromException<TResult>(new NetException(
                NetError.NoSuchConnection, $"This peer does not offer '{definition.Tag}'. Offer an implementation of its contract first."));
    }
}
