using AppNet.Connections;

namespace AppNet.Calls;

/// <summary>Calls one callback of a call that runs here, over the link that the call came over.</summary>
/// <param name="callbacks">The call's callbacks.</param>
/// <param name="number">The callback's number.</param>
internal sealed class CallbackCaller(TakenCallbacks callbacks, int number) : ProxyCaller
{
    // That of the last call: a delegate has no other.
    private volatile object? _target;

    /// <inheritdoc/>
    public override Task<TResult> InvokeAsync<TArguments, TResult>(
        ConnectionDefinition<TArguments, TResult> definition, TArguments arguments, CancellationToken cancellationToken)
    {
        if (callbacks.HasEnded)
        {
            return Task.FromException<TResult>(CallbackErrors.CallHasEnded(callbacks.Tag));
        }

        var timeLeft = callbacks.TimeLeft;
        if (callbacks.Token.IsCancellationRequested || timeLeft <= TimeSpan.Zero)
        {
            return Task.FromCanceled<TResult>(callbacks.Token.IsCancellationRequested ? callbacks.Token : new CancellationToken(canceled: true));
        }

        return cancellationToken.CanBeCanceled && cancellationToken != callbacks.Token
            ? InvokeLinkedAsync(definition, arguments, timeLeft, cancellationToken)
            : Caller.InvokeAsync(callbacks.Link, TargetOf(definition), arguments, timeLeft, callbacks.Token);
    }

    private async Task<TResult> InvokeLinkedAsync<TArguments, TResult>(
        ConnectionDefinition<TArguments, TResult> definition, TArguments arguments, TimeSpan? timeLeft, CancellationToken cancellationToken)
        where TArguments : struct
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(callbacks.Token, cancellationToken);
        try
        {
            return await Caller.InvokeAsync(callbacks.Link, TargetOf(definition), arguments, timeLeft, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException($"A callback of '{callbacks.Tag}' was cancelled.", exception, cancellationToken);
        }
    }

    private CallTarget<TArguments, TResult> TargetOf<TArguments, TResult>(ConnectionDefinition<TArguments, TResult> definition)
        where TArguments : struct
    {
        if (_target is CallTarget<TArguments, TResult> known && ReferenceEquals(known.Definition, definition))
        {
            return known;
        }

        var tag = new CallbackTag(callbacks.Call, number, CallbackTag.MethodOf(definition.Tag)).ToString();
        var target = new CallTarget<TArguments, TResult>(tag, definition, definition.ResultCodec, Write)
        {
            Name = $"{definition.Name} given to {callbacks.Tag}",
        };
        _target = target;
        return target;

        bool Write(ref ArgumentWriter writer, in TArguments given)
        {
            definition.WriteArguments(ref writer, in given);
            return false;
        }
    }
}
