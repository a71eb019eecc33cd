using System.Text.Json;
using AppNet.Connections;

namespace AppNet.Peers;

/// <summary>The functions that every peer offers, under the tags that the Python library gives them and under their bare names.</summary>
internal static class DefaultConnections
{
    /// <summary>The peer's description.</summary>
    public const string Info = "info";

    /// <summary>What it is given.</summary>
    public const string PassThrough = "pass_through";

    /// <summary>The flag <c>NULL</c>.</summary>
    public const string Null = "null";

    /// <summary>The functions that the peer offers.</summary>
    public const string Connections = "connections";

    /// <summary>What the Python peers call to subscribe.</summary>
    public const string SubscriptionHandler = "subscription_handler";

    private const string Module = "net.defaults.handlers.";

    /// <summary>Gets the tags by the bare names, which a program may use for functions of its own.</summary>
    public static IReadOnlyDictionary<string, string> Aliases { get; } =
        new[] { Info, PassThrough, Null, Connections }.ToDictionary(name => name, TagOf, StringComparer.Ordinal);

    /// <summary>Returns the tag of a default function.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The tag.</returns>
    public static string TagOf(string name) => Module + name;

    /// <summary>Makes the functions of a peer.</summary>
    /// <param name="info">What the peer says of itself.</param>
    /// <param name="connections">What it offers to whom the running call comes from.</param>
    /// <param name="options">The options for values without a codec of their own.</param>
    /// <returns>The functions.</returns>
    public static IEnumerable<ConnectionDefinition> Of(
        Func<PeerInfo> info, Func<Invocation, IEnumerable<Connection>> connections, Func<JsonSerializerOptions> options) =>
    [
        new DefaultConnection(
            Info,
            "Returns what the peer says of itself, whatever the arguments.",
            typeof(PeerInfo),
            (ref _, invocation) => invocation.Return(info(), DefaultCodecs.PeerInfo)),
        new DefaultConnection(
            PassThrough,
            "Returns a single argument by position as it is; otherwise those by position and those by name, as [args, kwargs].",
            typeof(JsonElement),
            (ref arguments, invocation) => invocation.Return(PassedThrough.Of(ref arguments), JsonElementCodec.Instance)),
        new DefaultConnection(
            Null,
            "Returns the flag NULL, whatever the arguments.",
            typeof(object),
            (ref _, invocation) => invocation.Return<object?>(Flag.Of(Flag.Null), UnknownValueCodec.Instance)),
        new DefaultConnection(
            Connections,
            "Returns the functions that the peer offers, with their signatures, whatever the arguments.",
            typeof(ConnectionDescription[]),
            (ref _, invocation) => invocation.Return(
                [.. connections(invocation).Select(connection => Describing.Describe(connection, options()))], DefaultCodecs.Descriptions)),
        new DefaultConnection(
            SubscriptionHandler,
            "Subscribes a Python peer to an event, over its own wire. Peers of this library subscribe by [Subscribe] or SubscribeAsync.",
            typeof(void),
            (ref _, _) => throw new NetException(
                NetError.BadArguments,
                $"'{TagOf(SubscriptionHandler)}' is how Python peers subscribe, over their own wire. Subscribe by [Subscribe] or Net.SubscribeAsync.")),
    ];
}
