using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using AppNet.Connections;
using AppNet.Peers;

namespace AppNet;

/// <summary>Calls of the functions that every peer offers.</summary>
public static class PeerDefaults
{
    private const string Reason =
        "The value is written and read by its run-time type. In a trimmed program use the form that takes CallArguments.";

    /// <summary>Asks a peer what it says of itself now.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The info.</returns>
    /// <exception cref="NetException">The call failed.</exception>
    public static Task<PeerInfo> InfoAsync(this Peer peer, CancellationToken cancellationToken = default) =>
        PeerCalls.InvokeAsync(peer, DefaultConnections.TagOf(DefaultConnections.Info), arguments: null, DefaultCodecs.PeerInfo, cancellationToken);

    /// <summary>Sends a value to a peer and gets it back.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="peer">The peer.</param>
    /// <param name="value">The value.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The value as it comes back.</returns>
    /// <exception cref="NetException">The call failed.</exception>
    [RequiresUnreferencedCode(Reason)]
    [RequiresDynamicCode(Reason)]
    public static Task<T> PassThroughAsync<T>(this Peer peer, T value, CancellationToken cancellationToken = default) => PeerCalls.InvokeAsync(
        peer,
        DefaultConnections.TagOf(DefaultConnections.PassThrough),
        new CallArguments((object?)value),
        KnownCodecs.Of<T>(),
        cancellationToken);

    /// <summary>Sends arguments to a peer and gets them back as they travelled.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// The value itself, when one is given by position; else an array of two: those by position, as an array, and those by name, as an
    /// object.
    /// </returns>
    /// <exception cref="NetException">The call failed.</exception>
    public static Task<JsonElement> PassThroughAsync(
        this Peer peer, CallArguments arguments, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return PeerCalls.InvokeAsync(
            peer, DefaultConnections.TagOf(DefaultConnections.PassThrough), arguments, JsonElementCodec.Instance, cancellationToken);
    }

    /// <summary>Has a peer answer with the flag <c>NULL</c>.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What the flag's handler here makes of it: the text <c>NULL</c>, unless it is replaced.</returns>
    /// <exception cref="NetException">The call failed.</exception>
    public static Task<object?> NullAsync(this Peer peer, CancellationToken cancellationToken = default) =>
        PeerCalls.InvokeAsync(peer, DefaultConnections.TagOf(DefaultConnections.Null), arguments: null, UnknownValueCodec.Instance, cancellationToken);

    /// <summary>Asks a peer which functions it offers.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The functions with their signatures, by tag; those that every peer offers are among them.</returns>
    /// <exception cref="NetException">The call failed.</exception>
    public static async Task<IReadOnlyList<ConnectionDescription>> ConnectionsAsync(
        this Peer peer, CancellationToken cancellationToken = default) =>
        await PeerCalls.InvokeAsync(
            peer,
            DefaultConnections.TagOf(DefaultConnections.Connections),
            arguments: null,
            DefaultCodecs.Descriptions,
            cancellationToken).ConfigureAwait(false);
}
