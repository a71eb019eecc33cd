using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace AppNet;

/// <summary>
/// The identity of a peer: host, port and group. Its text form is the base64 of <c>host:port -&gt; group</c>, as the
/// Python library writes it, where a group that is unset is the four letters <c>None</c>.
/// </summary>
public readonly record struct PeerId
{
    /// <summary>Makes an id of its parts.</summary>
    /// <param name="host">The host: a name or an address.</param>
    /// <param name="port">The TCP port, 1 to 65535.</param>
    /// <param name="group">The group; null and <c>None</c> both mean that it is unset.</param>
    public PeerId(string host, int port, string? group = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(host);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, ushort.MaxValue);
        Host = host;
        Port = port;
        Group = group is null or "" or "None" ? null : group;
    }

    /// <summary>Gets the host: a name or an address.</summary>
    public string Host { get; }

    /// <summary>Gets the TCP port.</summary>
    public int Port { get; }

    /// <summary>Gets the group, or null when it is unset.</summary>
    public string? Group { get; }

    /// <summary>Reads the base64 form.</summary>
    /// <param name="text">The base64 of <c>host:port -&gt; group</c>.</param>
    /// <returns>The id.</returns>
    /// <exception cref="FormatException">The text is no peer id; the message says in which way.</exception>
    public static PeerId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is no peer id.");

    /// <summary>Reads the base64 form, if it is one.</summary>
    /// <param name="text">The text to read.</param>
    /// <param name="id">The id.</param>
    /// <returns>Whether the text is a peer id.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out PeerId id)
    {
        id = default;
        return false;
    }

    /// <summary>Returns the base64 form.</summary>
    /// <returns>The base64 of <c>host:port -&gt; group</c>.</returns>
    public override string ToString() => Convert.ToBase64String(Encoding.UTF8.GetBytes(ToFriendlyString()));

    /// <summary>Returns the form for people: <c>host:port -&gt; group</c>.</summary>
    /// <returns>The text that the base64 form encodes.</returns>
    public string ToFriendlyString() => $"{Host}:{Port} -> {Group ?? "None"}";
}
