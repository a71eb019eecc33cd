using System.Globalization;
using System.Text;
using AppNet.Python.Wires;

namespace AppNet.Python;

/// <summary>What a Python peer asks for that subscribes.</summary>
/// <param name="Event">The event's name.</param>
/// <param name="Address">Where the subscriber listens.</param>
/// <param name="Connection">The name of its receiving function, as it travels.</param>
internal sealed record SubscriptionRequest(string Event, PeerAddress Address, string Connection)
{
    private const int MaxName = 512;

    /// <summary>Reads it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="family">The wire.</param>
    /// <returns>What is asked for.</returns>
    /// <exception cref="PythonFormatException">Something is missing or can't be read.</exception>
    public static SubscriptionRequest Read(PythonRequest request, PythonFamily family)
    {
        var name = Text(request, 0, "event");
        var (address, connection) = family == PythonFamily.V04
            ? (AddressOf(Unquote(Text(request, 1, "peer_id"))), Unquote(Text(request, 2, "connection")))
            : (AddressOf(Text(request, 1, "host"), request), Text(request, 3, "connection"));
        return new SubscriptionRequest(name, address, connection);
    }

    /// <summary>Returns the text form of a Python bytes value.</summary>
    /// <param name="text">What the value holds.</param>
    /// <returns>The form.</returns>
    public static string Quote(string text) => $"b'{text}'";

    private static string Unquote(string text)
    {
        var first = text.IndexOf('\'', StringComparison.Ordinal);
        var last = text.LastIndexOf('\'');
        return last > first ? text[(first + 1)..last] : text;
    }

    private static string Text(PythonRequest request, int index, string name) =>
        request.TextAt(index) is { Length: > 0 } text && Encoding.UTF8.GetByteCount(text) <= MaxName
            ? text
            : throw new PythonFormatException("TypeError", FormattableString.Invariant($"subscription_handler() needs a text of 1 to {MaxName} bytes as '{name}'"));

    private static PeerAddress AddressOf(string id) => PeerId.TryParse(id, out var peer)
        ? new PeerAddress(peer.Host, peer.Port)
        : throw new PythonFormatException("ValueError", "subscription_handler() was given a peer id that is none");

    private static PeerAddress AddressOf(string host, PythonRequest request)
    {
        var port = request.Positional.Count > 2
            && int.TryParse(request.Positional[2].Span, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        return port is >= 1 and <= ushort.MaxValue && PeerIdRules.ProblemOfHost(host) is null
            ? new PeerAddress(host, port)
            : throw new PythonFormatException("ValueError", "subscription_handler() was given no host and port of a peer");
    }
}
