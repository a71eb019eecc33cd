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
