using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AppNet;

/// <summary>
/// What a peer id can carry. Hosts and groups travel as UTF-8 inside the base64; the Python library reads ASCII only, so
/// a group for both worlds keeps to ASCII.
/// </summary>
internal static class PeerIdRules
{
    /// <summary>The most bytes of UTF-8 that a host may take.</summary>
    public const int MaxHostBytes = 255;

    /// <summary>The most bytes of UTF-8 that a group may take.</summary>
    public const int MaxGroupBytes = 255;

    /// <summary>What stands for a group that is unset.</summary>
    public const string NoGroup = "None";

    /// <summary>Says what keeps a text from being a host: a name, or an address without brackets.</summary>
    /// <param name="host">The text.</param>
    /// <returns>The rest of a sentence that begins with the host, or null when it is one.</returns>
    public static string? ProblemOfHost(ReadOnlySpan<char> host)
    {
        if (host.IsEmpty)
        {
            return "is empty";
        }

        foreach (var c in host)
        {
            if (char.IsWhiteSpace(c) || char.IsControl(c) || c is '[' or ']' or '/' or '@' or '\\')
            {
                return "contains a character that no host has";
            }
        }

        // A colon anywhere else would make the port ambiguous.
        if (host.Contains(':') && !IsIPv6(host))
        {
            return "contains a colon and is no IPv6 address";
        }

        return ProblemOfLength(host, MaxHostBytes);
    }

    /// <summary>Says what keeps a text from being the name of a group.</summary>
    /// <param name="group">The text.</param>
    /// <returns>The rest of a sentence that begins with the group, or null when it is one.</returns>
    public static string? ProblemOfGroup(ReadOnlySpan<char> group)
    {
        if (group.IsEmpty)
        {
            return "is empty";
        }

        if (char.IsWhiteSpace(group[0]) || char.IsWhiteSpace(group[^1]))
        {
            return "begins or ends with white space";
        }

        foreach (var c in group)
        {
            if (char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator)
            {
                return "contains a control character";
            }
        }

        return ProblemOfLength(group, MaxGroupBytes);
    }

    private static bool IsIPv6(ReadOnlySpan<char> host) =>
        IPAddress.TryParse(host, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6;

    private static string? ProblemOfLength(ReadOnlySpan<char> text, int maxBytes)
    {
        for (var rest = text; !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var used) != System.Buffers.OperationStatus.Done)
            {
                return "is no valid Unicode";
            }

            rest = rest[used..];
        }

        return Encoding.UTF8.GetByteCount(text) > maxBytes ? $"takes more than {maxBytes} bytes" : null;
    }
}
