using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;
using AppNet.Calls;
using AppNet.Connections;

namespace AppNet;

/// <summary>Calls by tag, for functions that this program has no overload for.</summary>
public static class PeerCalls
{
    private const string Reason =
        "Values are written and read by their run-time types. In a trimmed program use the form that takes a JsonTypeInfo.";

    /// <summary>Calls a function by its tag.</summary>
    /// <typeparam name="TResult">The type to read the result as.</typeparam>
    /// <param name="peer">The peer to run it on.</param>
    /// <param name="tag">The function's tag.</param>
    /// <param name="arguments">The arguments, such as <c>[5, 10]</c>; null for none.</param>
    /// <param name="cancellationToken">Ends the wait here at once and tells the other side.</param>
    /// <returns>The result.</returns>
    /// <exception cref="NetException">The call failed; <see cref="NetException.Error"/> says what is known about the function.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the function may have run.</exception>
    [RequiresUnreferencedCode(Reason)]
    [RequiresDynamicCode(Reason)]
    public static Task<TResult> InvokeAsync<TResult>(
        this Peer peer, string tag, CallArguments? arguments = null, CancellationToken cancellationToken = default) =>
        InvokeAsync(peer, tag, arguments, KnownCodecs.Of<TResult>(), cancellationToken);

    /// <summary>Calls a function by its tag and reads its result as a type info says.</summary>
    /// <typeparam name="TResult">The type to read the result as.</typeparam>
    /// <param name="peer">The peer to run it on.</param>
    /// <param name="tag">The function's tag.</param>
    /// <param name="arguments">The arguments, added with their type infos or of simple types; null for none.</param>
    /// <param name="resultType">How the result is read.</param>
    /// <param name="cancellationToken">Ends the wait here at once and tells the other side.</param>
    /// <returns>The result.</returns>
    /// <exception cref="NetException">The call failed; <see cref="NetException.Error"/> says what is known about the function.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the function may have run.</exception>
    public static Task<TResult> InvokeAsync<TResult>(
        this Peer peer,
        string tag,
        CallArguments? arguments,
        JsonTypeInfo<TResult> resultType,
        CancellationToken cancellationToken = default) =>
        InvokeAsync(peer, tag, arguments, new TypeInfoCodec<TResult>(resultType), cancellationToken);

    /// <summary>Calls a function by its tag; what it returns is dropped.</summary>
    /// <param name="peer">The peer to run it on.</param>
    /// <param name="tag">The function's tag.</param>
    /// <param name="arguments">The arguments, such as <c>[5, 10]</c>; null for none.</param>
    /// <param name="cancellationToken">Ends the wait here at once and tells the other side.</param>
    /// <returns>A task that ends when the function has.</returns>
    /// <exception cref="NetException">The call failed; <see cref="NetException.Error"/> says what is known about the function.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the function may have run.</exception>
    public static Task InvokeAsync(
        this Peer peer, string tag, CallArguments? arguments = null, CancellationToken cancellationToken = default) =>
        InvokeAsync(peer, tag, arguments, DroppedResult.Codec, cancellationToken);

    /// <summary>
    /// Reads the stream that a function returns, by its tag. The function is called when the stream is first read; the stream is read
    /// once, and disposing of its enumerator ends the function.
    /// </summary>
    /// <typeparam name="T">The type to read the items as.</typeparam>
    /// <param name="peer">The peer to run it on.</param>
    /// <param name="tag">The function's tag.</param>
    /// <param name="arguments">The arguments, such as <c>[5, 10]</c>; null for none.</param>
    /// <param name="cancellationToken">Ends the stream here at once and tells the other side.</param>
    /// <returns>The items. Reading them fails as a call does; an error in the middle comes behind the items before it.</returns>
    [RequiresUnreferencedCode(Reason)]
    [RequiresDynamicCode(Reason)]
    public static IAsyncEnumerable<T> StreamAsync<T>(
        this Peer peer, string tag, CallArguments? arguments = null, CancellationToken cancellationToken = default) =>
        StreamAsync(peer, tag, arguments, KnownCodecs.Of<T>(), cancellationToken);

    /// <summary>
    /// Reads the stream that a function returns, by its tag, its items as a type info says. The function is called when the stream is
    /// first read; the stream is read once, and disposing of its enumerator ends the function.
    /// </summary>
    /// <typeparam name="T">The type to read the items as.</typeparam>
    /// <param name="peer">The peer to run it on.</param>
    /// <param name="tag">The function's tag.</param>
    /// <param name="arguments">The arguments, added with their type infos or of simple types; null for none.</param>
    /// <param name="itemType">How an item is read.</param>
    /// <param name="cancellationToken">Ends the stream here at once and tells the other side.</param>
    /// <returns>The items. Reading them fails as a call does; an error in the middle comes behind the items before it.</returns>
    public static IAsyncEnumerable<T> StreamAsync<T>(
        this Peer peer,
        string tag,
        CallArguments? arguments,
        JsonTypeInfo<T> itemType,
        CancellationToken cancellationToken = default) =>
        StreamAsync(peer, tag, arguments, new TypeInfoCodec<T>(itemType), cancellationToken);

    private static CalledSequence<T> StreamAsync<T>(
        Peer peer, string tag, CallArguments? arguments, ValueCodec<T> codec, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(peer);
        ConnectionTag.Check(tag);
        var sequence = ValueCodecs.Sequence(codec);
        return new CalledSequence<T>(
            tag,
            token => InvokeAsync(peer, tag, arguments, sequence, token),
            peer.Timeout ?? peer.Source.DefaultTimeout,
            peer.Source.Time,
            cancellationToken);
    }

    /// <summary>Calls a function by its tag and reads its result by a codec.</summary>
    /// <typeparam name="TResult">The result.</typeparam>
    /// <param name="peer">The peer to run it on.</param>
    /// <param name="tag">The function's tag.</param>
    /// <param name="arguments">The arguments; null for none.</param>
    /// <param name="codec">How the result is read.</param>
    /// <param name="cancellationToken">Ends the wait here at once and tells the other side.</param>
    /// <returns>The result.</returns>
    internal static Task<TResult> InvokeAsync<TResult>(
        Peer peer, string tag, CallArguments? arguments, ValueCodec<TResult> codec, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(peer);
        ConnectionTag.Check(tag);
        var target = new CallTarget<CallArguments?, TResult>(tag, definition: null, codec, Write);
        return Caller.InvokeAsync(peer, target, in arguments, cancellationToken);
    }

    private static bool Write(ref ArgumentWriter writer, in CallArguments? arguments)
    {
        arguments?.WriteTo(ref writer);
        return arguments is { HasNames: true };
    }
}
