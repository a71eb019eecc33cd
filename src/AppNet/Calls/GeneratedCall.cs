using System.ComponentModel;
using AppNet.Connections;

namespace AppNet.Calls;

/// <summary>What the overloads that the generator writes call. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class GeneratedCall
{
    /// <summary>Runs a function on a peer, or, when there is none, here through the pipeline of a remote call less the wire.</summary>
    /// <typeparam name="TArguments">The arguments together.</typeparam>
    /// <typeparam name="TResult">The result.</typeparam>
    /// <param name="definition">The function.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="peer">The peer, or null for here.</param>
    /// <param name="cancellationToken">Ends the wait here at once and tells the other side.</param>
    /// <returns>The function's result.</returns>
    public static Task<TResult> InvokeAsync<TArguments, TResult>(
        ConnectionDefinition<TArguments, TResult> definition,
        TArguments arguments,
        Peer? peer,
        CancellationToken cancellationToken)
        where TArguments : struct
    {
        if (peer is null)
        {
            return LocalCall<TResult>.RunAsync(definition, in arguments, AmbientPeer.CallOwner, cancellationToken);
        }

        var target = definition.CallTarget as CallTarget<TArguments, TResult> ?? MakeTarget(definition);
        return Caller.InvokeAsync(peer, target, in arguments, cancellationToken);
    }

    /// <summary>
    /// Reads the stream that a function returns, on a peer, or, when there is none, here. The function is called when the stream is first
    /// read; the stream is read once.
    /// </summary>
    /// <typeparam name="TArguments">The arguments together.</typeparam>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="definition">The function.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="peer">The peer, or null for here.</param>
    /// <param name="cancellationToken">Ends the stream here at once and tells the other side.</param>
    /// <returns>The items.</returns>
    public static IAsyncEnumerable<T> StreamAsync<TArguments, T>(
        ConnectionDefinition<TArguments, IAsyncEnumerable<T>> definition,
        TArguments arguments,
        Peer? peer,
        CancellationToken cancellationToken)
        where TArguments : struct
    {
        ArgumentNullException.ThrowIfNull(definition);
        return new CalledSequence<T>(
            definition.Tag,
            token => InvokeAsync(definition, arguments, peer, token),
            peer?.Timeout ?? peer?.Source.DefaultTimeout,
            peer?.Source.Time ?? TimeProvider.System,
            cancellationToken);
    }

    private static CallTarget<TArguments, TResult> MakeTarget<TArguments, TResult>(ConnectionDefinition<TArguments, TResult> definition)
        where TArguments : struct
    {
        var target = new CallTarget<TArguments, TResult>(definition.Tag, definition, definition.ResultCodec, Write);
        definition.CallTarget = target;
        return target;

        bool Write(ref ArgumentWriter writer, in TArguments arguments)
        {
            definition.WriteArguments(ref writer, in arguments);
            return false;
        }
    }
}
