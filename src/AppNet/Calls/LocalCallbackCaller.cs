using AppNet.Connections;

namespace AppNet.Calls;

/// <summary>Calls a callback of a call in this process that is verified, as one from another peer would be called.</summary>
/// <param name="functions">The callback's functions.</param>
/// <param name="tag">The function that it was given to.</param>
/// <param name="owner">The peer to which the call belongs.</param>
/// <param name="hasEnded">Says whether the call has ended.</param>
internal sealed class LocalCallbackCaller(
    IReadOnlyList<ConnectionDefinition> functions, string tag, ICallOwner owner, Func<bool> hasEnded) : ProxyCaller
{
    /// <inheritdoc/>
    public override Task<TResult> InvokeAsync<TArguments, TResult>(
        ConnectionDefinition<TArguments, TResult> definition, TArguments arguments, CancellationToken cancellationToken)
    {
        if (hasEnded())
        {
            return Task.FromException<TResult>(CallbackErrors.CallHasEnded(tag));
        }

        var function = functions.OfType<ConnectionDefinition<TArguments, TResult>>()
            .First(function => string.Equals(function.Tag, definition.Tag, StringComparison.Ordinal));
        return LocalCall<TResult>.RunAsync(function, in arguments, owner, cancellationToken);
    }
}
