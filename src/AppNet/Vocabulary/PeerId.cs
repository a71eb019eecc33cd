using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json.Serialization;

namespace AppNet;

/// <summary>
/// The identity of a peer: host, port and group. Its text form is the base64 of <c>host:port -&gt; group</c>, as the
/// Python library writes it, where a group that is unset is the four letters <c>None</c>.
/// </summary>
/// <remarks>
/// Two ids are equal when host, port and group are, character by character. An IPv6 host is in brackets inside the text
/// and without them in <see cref="Host"/>. Hosts and groups may be any Unicode; the Python library reads ASCII only.
/// </remarks>
[JsonConverter(typeof(PeerIdJsonConverter))]
public readonly record struct PeerId : ISpanParsable<PeerId>, IUtf8SpanParsable<PeerId>, ISpanFormattable, IUtf8SpanFormattable
{
    private readonly string? _host;

    /// <summary>Makes an id of its parts.</summary>
    /// <param name="host">The host: a name or an address, at most 255 bytes, without blanks; IPv6 with or without brackets.</param>
    /// <param name="port">The TCP port, 1 to 65535.</param>
    /// <param name="group">
    /// The group; null and <c>None</c> both mean that it is unset. At most 255 bytes of UTF-8, no control characters, no
    /// white space at its ends.
    /// </param>
    /// <exception cref="ArgumentException">Host, port or group is something that an id can't carry.</exception>
    public PeerId(string host, int port, string? group = null)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, ushort.MaxValue);
        if (host is ['[', .. var inner, ']'] && inner.Contains(':', StringComparison.Ordinal))
        {
            host = inner;
        }

        if (PeerIdRules.ProblemOfHost(host) is { } wrongHost)
        {
            throw new ArgumentException($"The host '{host}' {wrongHost}.", nameof(host));
        }

        if (group is not null && PeerIdRules.ProblemOfGroup(group) is { } wrongGroup)
        {
            throw new ArgumentException($"The group '{group}' {wrongGroup}; leave it null for none.", nameof(group));
        }

        _host = host;
        Port = port;
        Group = group is PeerIdRules.NoGroup ? null : group;
    }

    /// <summary>Gets the host: a name, or an address without brackets. Empty in the empty id.</summary>
    public string Host => _host ?? "";

    /// <summary>Gets the TCP port; 0 in the empty id.</summary>
    public int Port { get; }

    /// <summary>Gets the group, or null when it is unset.</summary>
    public string? Group { get; }

    /// <summary>Gets whether this is the empty id, <c>default</c>, which names nobody.</summary>
    public bool IsEmpty => _host is null;

    /// <summary>Reads the base64 form.</summary>
    /// <param name="text">The base64 of <c>host:port -&gt; group</c>.</param>
    /// <returns>The id.</returns>
    /// <exception cref="FormatException">The text is no peer id; the message says in which way.</exception>
    public static PeerId Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Parse(text.AsSpan());
    }

    /// <inheritdoc cref="Parse(string)"/>
    public static PeerId Parse(ReadOnlySpan<char> text) =>
        PeerIdText.TryRead(text, out var id, out var problem) ? id : throw NoPeerId(text.ToString(), problem);

    /// <inheritdoc cref="Parse(string)"/>
    public static PeerId Parse(ReadOnlySpan<byte> text) =>
        PeerIdText.TryRead(text, out var id, out var problem) ? id : throw NoPeerId(Encoding.UTF8.GetString(text), problem);

    /// <summary>Reads the base64 form, if it is one.</summary>
    /// <param name="text">The text to read.</param>
    /// <param name="id">The id; the empty one when the text is none.</param>
    /// <returns>Whether the text is a peer id.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out PeerId id) =>
        PeerIdText.TryRead(text.AsSpan(), out id, out _);

    /// <inheritdoc cref="TryParse(string?, out PeerId)"/>
    public static bool TryParse(ReadOnlySpan<char> text, out PeerId id) => PeerIdText.TryRead(text, out id, out _);

    /// <inheritdoc cref="TryParse(string?, out PeerId)"/>
    public static bool TryParse(ReadOnlySpan<byte> text, out PeerId id) => PeerIdText.TryRead(text, out id, out _);

    // The forms with a provider are for generic code only: an id is written alike in every culture.
    static PeerId IParsable<PeerId>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static PeerId ISpanParsable<PeerId>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s);

    static PeerId IUtf8SpanParsable<PeerId>.Parse(ReadOnlySpan<byte> utf8Text, IFormatProvider? provider) => Parse(utf8Text);

    static bool IParsable<PeerId>.TryParse(
        [NotNullWhen(true)] string? s, IFormatProvider? provider, out PeerId result) => TryParse(s, out result);

    static bool ISpanParsable<PeerId>.TryParse(
        ReadOnlySpan<char> s, IFormatProvider? provider, out PeerId result) => TryParse(s, out result);

    static bool IUtf8SpanParsable<PeerId>.TryParse(
        ReadOnlySpan<byte> utf8Text, IFormatProvider? provider, out PeerId result) => TryParse(utf8Text, out result);

    /// <summary>Returns the base64 form.</summary>
    /// <returns>The base64 of <c>host:port -&gt; group</c>; the empty text for the empty id.</returns>
    public override string ToString()
    {
        Span<char> buffer = stackalloc char[PeerIdText.MaxBase64Length];
        _ = TryFormat(buffer, out var length, format: default, provider: null);
        return new string(buffer[..length]);
    }

    // Null, empty or G: base64. F: for people.
    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) =>
        IsFriendly(format) ? ToFriendlyString() : ToString();

    /// <summary>Returns the form for people: <c>host:port -&gt; group</c>.</summary>
    /// <returns>The text that the base64 form encodes; empty for the empty id.</returns>
    public string ToFriendlyString() =>
        IsEmpty ? "" : $"{new PeerAddress(Host, Port)} -> {Group ?? PeerIdRules.NoGroup}";

    /// <inheritdoc/>
    public bool TryFormat(
        Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        charsWritten = 0;
        var friendly = IsFriendly(format);
        if (IsEmpty)
        {
            return true;
        }

        Span<byte> text = stackalloc byte[PeerIdText.MaxTextBytes];
        text = text[..PeerIdText.WriteText(this, text)];
        return friendly
            ? Encoding.UTF8.TryGetChars(text, destination, out charsWritten)
            : Convert.TryToBase64Chars(text, destination, out charsWritten);
    }

    /// <inheritdoc/>
    public bool TryFormat(
        Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        bytesWritten = 0;
        var friendly = IsFriendly(format);
        if (IsEmpty)
        {
            return true;
        }

        Span<byte> text = stackalloc byte[PeerIdText.MaxTextBytes];
        text = text[..PeerIdText.WriteText(this, text)];
        if (friendly)
        {
            bytesWritten = text.TryCopyTo(utf8Destination) ? text.Length : 0;
            return bytesWritten > 0;
        }

        return utf8Destination.Length >= Base64.GetMaxEncodedToUtf8Length(text.Length)
            && Base64.EncodeToUtf8(text, utf8Destination, out _, out bytesWritten) == System.Buffers.OperationStatus.Done;
    }

    private static bool IsFriendly(ReadOnlySpan<char> format) => format switch
    {
        "" or "G" or "g" => false,
        "F" or "f" => true,
        _ => throw new FormatException($"'{format}' is no format of a peer id. Use G for base64, F for host:port -> group."),
    };

    private static FormatException NoPeerId(string text, string problem) =>
        new($"'{(text.Length > 100 ? text[..100] + "…" : text)}' is no peer id: it {problem}.");
}
