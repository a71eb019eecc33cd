using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace AppNet;

/// <summary>Writes and reads <c>host:port -&gt; group</c> and its base64, in buffers on the stack.</summary>
internal static class PeerIdText
{
    /// <summary>Enough for the longest friendly form: host in brackets, port, arrow, group.</summary>
    public const int MaxTextBytes = PeerIdRules.MaxHostBytes + 2 + 6 + 4 + PeerIdRules.MaxGroupBytes;

    /// <summary>Enough for the base64 of the longest id.</summary>
    public const int MaxBase64Length = (MaxTextBytes + 2) / 3 * 4;

    /// <summary>The longest base64 that is looked at; more than an id needs, as blank space in it is passed over.</summary>
    public const int MaxInputLength = 1024;

    private static ReadOnlySpan<byte> Arrow => " -> "u8;

    /// <summary>Writes the friendly form as UTF-8.</summary>
    /// <param name="id">The id; not the empty one.</param>
    /// <param name="destination">At least <see cref="MaxTextBytes"/> long.</param>
    /// <returns>The number of bytes.</returns>
    public static int WriteText(in PeerId id, Span<byte> destination)
    {
        var isIPv6 = id.Host.Contains(':', StringComparison.Ordinal);
        var rest = destination;
        Append(isIPv6 ? "[" : "", ref rest);
        Append(id.Host, ref rest);
        Append(isIPv6 ? "]:" : ":", ref rest);
        _ = id.Port.TryFormat(rest, out var digits, default, CultureInfo.InvariantCulture);
        rest = rest[digits..];
        Append(" -> ", ref rest);
        Append(id.Group ?? PeerIdRules.NoGroup, ref rest);
        return destination.Length - rest.Length;
    }

    /// <summary>Reads the base64 form.</summary>
    /// <param name="base64">The text.</param>
    /// <param name="id">The id.</param>
    /// <param name="problem">The rest of a sentence that begins with the text, or null when it is an id.</param>
    /// <returns>Whether the text is an id.</returns>
    public static bool TryRead(ReadOnlySpan<char> base64, out PeerId id, [NotNullWhen(false)] out string? problem)
    {
        Span<byte> text = stackalloc byte[MaxInputLength / 4 * 3];
        id = default;
        problem = ProblemOfLength(base64.Length);
        if (problem is not null)
        {
            return false;
        }

        if (Convert.TryFromBase64Chars(base64, text, out var count))
        {
            return TryReadText(text[..count], out id, out problem);
        }

        problem = "is no base64";
        return false;
    }

    /// <inheritdoc cref="TryRead(ReadOnlySpan{char}, out PeerId, out string?)"/>
    public static bool TryRead(ReadOnlySpan<byte> base64, out PeerId id, [NotNullWhen(false)] out string? problem)
    {
        Span<byte> text = stackalloc byte[MaxInputLength / 4 * 3];
        id = default;
        problem = ProblemOfLength(base64.Length);
        if (problem is not null)
        {
            return false;
        }

        if (Base64.DecodeFromUtf8(base64, text, out _, out var count) == OperationStatus.Done)
        {
            return TryReadText(text[..count], out id, out problem);
        }

        problem = "is no base64";
        return false;
    }

    private static void Append(string text, ref Span<byte> rest) => rest = rest[Encoding.UTF8.GetBytes(text, rest)..];

    private static string? ProblemOfLength(int length) => length switch
    {
        0 => "is empty",
        > MaxInputLength => "is longer than a peer id can be",
        _ => null,
    };

    private static bool TryReadText(ReadOnlySpan<byte> utf8, out PeerId id, [NotNullWhen(false)] out string? problem)
    {
        id = default;
        var arrow = utf8.IndexOf(Arrow);
        if (!Utf8.IsValid(utf8))
        {
            problem = "does not hold UTF-8 text";
            return false;
        }

        if (arrow < 0)
        {
            problem = "has no ' -> group' part";
            return false;
        }

        // A group may itself contain an arrow, a host may not: the first one counts.
        var group = Encoding.UTF8.GetString(utf8[(arrow + Arrow.Length)..]);
        problem = PeerIdRules.ProblemOfGroup(group) is { } wrong ? $"has a group that {wrong}" : null;
        if (problem is not null || !TryReadAddress(Encoding.UTF8.GetString(utf8[..arrow]), out var address, out problem))
        {
            return false;
        }

        id = new PeerId(address.Host, address.Port, group);
        return true;
    }

    private static bool TryReadAddress(string text, out PeerAddress address, [NotNullWhen(false)] out string? problem)
    {
        if (!PeerAddress.TryRead(text, defaultPort: null, out address, out problem))
        {
            problem = $"is '{text}', which {problem}";
            return false;
        }

        return true;
    }
}
