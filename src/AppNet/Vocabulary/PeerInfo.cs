using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Serialization;

namespace AppNet;

/// <summary>What a peer says of itself: a read-only snapshot. Two are equal when all they say is.</summary>
[JsonConverter(typeof(PeerInfoJsonConverter))]
public sealed record PeerInfo
{
    private static readonly string LibraryVersion = ReadLibraryVersion();

    /// <summary>Gets the host under which the peer is reached.</summary>
    public required string Host { get; init; }

    /// <summary>Gets the TCP port on which the peer listens.</summary>
    public required int Port { get; init; }

    /// <summary>Gets the group, or null when it is unset.</summary>
    public string? Group { get; init; }

    /// <summary>Gets whether the peer is a hub of its group.</summary>
    public bool IsHub { get; init; }

    /// <summary>Gets the path of the program that the peer runs in.</summary>
    public string Executable { get; init; } = "";

    /// <summary>Gets the name of the user that the peer runs as.</summary>
    public string User { get; init; } = "";

    /// <summary>Gets the identity of this run of the peer: a peer that starts anew is a new instance.</summary>
    public required Guid Instance { get; init; }

    /// <summary>Gets the id of the peer's process.</summary>
    public int ProcessId { get; init; }

    /// <summary>Gets the name of the machine.</summary>
    public string Machine { get; init; } = "";

    /// <summary>Gets what the peer runs on, such as <c>.NET 10.0.1</c>.</summary>
    public string Runtime { get; init; } = "";

    /// <summary>Gets the version of the library in the peer.</summary>
    public string Version { get; init; } = "";

    /// <summary>Gets when the peer was started.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>Gets whether a debugger was attached to the peer's process when it said this.</summary>
    public bool HasDebugger { get; init; }

    /// <summary>
    /// Gets the public name of the newest key that the peer has, 16 hexadecimal digits, or null when it has none. Peers that show the
    /// same one are of one network, and up to date while keys rotate.
    /// </summary>
    public string? KeyGeneration { get; init; }

    /// <summary>Gets the values that the peer's own program adds. Empty by default.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets the peer's id: host, port and group.</summary>
    public PeerId Id => new(Host, Port, Group);

    /// <inheritdoc/>
    public bool Equals(PeerInfo? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && Port == other.Port && IsHub == other.IsHub && Instance == other.Instance && ProcessId == other.ProcessId
            && HasDebugger == other.HasDebugger && StartedAt == other.StartedAt
            && Texts.SequenceEqual(other.Texts, StringComparer.Ordinal)
            && HasEqualValues(other.Values));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Instance, Port, IsHub, Group, Values.Count);

    /// <summary>Returns all of it as text in one line.</summary>
    /// <returns>Id, role, program, user, machine, process, versions, start and the program's own values.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(new PeerAddress(Host, Port)).Append(" -> ").Append(Group ?? PeerIdRules.NoGroup);
        text.Append(IsHub ? " (hub)" : "");
        text.Append(CultureInfo.InvariantCulture, $": {Executable} by {User} on {Machine}, process {ProcessId}");
        text.Append(HasDebugger ? " (debugger)" : "");
        text.Append(CultureInfo.InvariantCulture, $", {Runtime}, AppNet {Version}, since {StartedAt:u}");
        text.Append(KeyGeneration is null ? "" : $", key {KeyGeneration}");
        foreach (var (name, value) in Values.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            text.Append(", ").Append(name).Append('=').Append(value);
        }

        return text.Replace("\r", "\\r").Replace("\n", "\\n").ToString();
    }

    /// <summary>Says of this process what every peer in it says.</summary>
    /// <param name="id">The peer's id.</param>
    /// <param name="instance">The identity of this run.</param>
    /// <param name="time">Gives the time of the start: now.</param>
    /// <returns>The info; hub and values are left to the caller.</returns>
    internal static PeerInfo ForThisProcess(PeerId id, Guid instance, TimeProvider time) => new()
    {
        Host = id.Host,
        Port = id.Port,
        Group = id.Group,
        Instance = instance,
        Executable = Environment.ProcessPath ?? "",
        User = Environment.UserName,
        ProcessId = Environment.ProcessId,
        Machine = Environment.MachineName,
        Runtime = RuntimeInformation.FrameworkDescription,
        Version = LibraryVersion,
        StartedAt = time.GetUtcNow(),
        HasDebugger = Debugger.IsAttached,
    };

    private string?[] Texts => [Host, Group, Executable, User, Machine, Runtime, Version, KeyGeneration];

    private bool HasEqualValues(IReadOnlyDictionary<string, string> others)
    {
        if (Values.Count != others.Count)
        {
            return false;
        }

        foreach (var (name, value) in Values)
        {
            if (!others.TryGetValue(name, out var other) || !string.Equals(value, other, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    // Without what the build adds after the plus sign: the revision is of use to nobody who reads a list of peers.
    private static string ReadLibraryVersion() =>
        typeof(PeerInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            .Split('+')[0] ?? "";
}
