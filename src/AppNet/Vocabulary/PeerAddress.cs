using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace AppNet;

/// <summary>Where a peer is said to be, as people write it: <c>host[:port]</c>, with IPv6 addresses in brackets.</summary>
/// <param name="Host">The host: a name, or an address without brackets.</param>
/// <param name="Port">The TCP port, 1 to 65535.</param>
internal readonly record struct PeerAddress(string Host, int Port)
{
    /// <summary>The host that peers on this host give as their own.</summary>
    private const string Loopback = "127.0.0.1";

    /// <summary>The port that is meant where none is named.</summary>
    public const int DefaultPort = 3010;

    /// <summary>Gets the same address for all names of this host, which peers give as 127.0.0.1; any other as it is.</summary>
    public PeerAddress Canonical => IsThisHost(Host) ? this with { Host = Loopback } : this;

    /// <summary>Reads <c>host</c>, <c>host:port</c>, <c>[address]</c>, <c>[address]:port</c> or a bare IPv6 address.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The address, with port 3010 where the text names none.</returns>
    /// <exception cref="FormatException">The text is no address; the message says in which way.</exception>
    public static PeerAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryRead(text, DefaultPort, out var address, out var problem)
            ? address
            : throw new FormatException($"The address '{text}' {problem}. Write host or host:port, for example 127.0.0.1:3010.");
    }

    /// <summary>Reads an address, if it is one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="address">The address, with port 3010 where the text names none.</param>
    /// <returns>Whether the text is an address.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out PeerAddress address)
    {
        address = default;
        return text is not null && TryRead(text, DefaultPort, out address, out _);
    }

    /// <summary>Reads an address.</summary>
    /// <param name="text">The text.</param>
    /// <param name="defaultPort">The port where the text names none; null: it must name one, and IPv6 wants its brackets.</param>
    /// <param name="address">The address.</param>
    /// <param name="problem">The rest of a sentence that begins with the text, or null when it is an address.</param>
    /// <returns>Whether the text is an address.</returns>
    public static bool TryRead(
        string text, int? defaultPort, out PeerAddress address, [NotNullWhen(false)] out string? problem)
    {
        address = default;
        if (defaultPort is { } any && IsBareIPv6(text))
        {
            address = new PeerAddress(text, any);
            problem = null;
            return true;
        }

        Split(text, out var host, out var portText, out var bracketed);
        problem = PeerIdRules.ProblemOfHost(host) is { } wrong ? $"has a host that {wrong}" : null;
        problem ??= bracketed != host.Contains(':', StringComparison.Ordinal) ? "has a host in brackets that is no IPv6 address" : null;
        var port = defaultPort ?? 0;
        problem ??= portText is null ? (defaultPort is null ? "names no port" : null) : ProblemOfPort(portText, out port);
        if (problem is null)
        {
            address = new PeerAddress(host, port);
        }

        return problem is null;
    }

    /// <summary>Returns the address as people write it.</summary>
    /// <returns><c>host:port</c>, with an IPv6 address in brackets.</returns>
    public override string ToString() =>
        Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    private static bool IsThisHost(string host) =>
        host is "::1"
        || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.Equals(Environment.MachineName, StringComparison.OrdinalIgnoreCase);

    private static bool IsBareIPv6(string text) =>
        text.AsSpan().Count(':') > 1 && PeerIdRules.ProblemOfHost(text) is null;

    private static void Split(string text, out string host, out string? port, out bool bracketed)
    {
        var bracket = text.StartsWith('[') ? text.IndexOf(']', StringComparison.Ordinal) : -1;
        bracketed = bracket > 0;
        var colon = text.LastIndexOf(':');
        if (colon <= bracket)
        {
            colon = -1;
        }

        // What stands between the bracket and the colon belongs to no address; kept with the host, it fails there.
        var address = colon < 0 ? text : text[..colon];
        host = bracketed && bracket == address.Length - 1 ? address[1..^1] : address;
        port = colon < 0 ? null : text[(colon + 1)..];
    }

    private static string? ProblemOfPort(string text, out int port)
    {
        if (text.Length == 0)
        {
            port = 0;
            return "names no port";
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port))
        {
            return text.All(char.IsAsciiDigit) ? $"names port {text}, which is out of range" : $"names '{text}', which is no port";
        }

        return port is >= 1 and <= ushort.MaxValue ? null : $"names port {port}, which is out of range";
    }
}
