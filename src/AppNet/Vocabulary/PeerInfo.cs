namespace AppNet;

/// <summary>What a peer says of itself: a read-only snapshot.</summary>
public sealed record PeerInfo
{
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

    /// <summary>Gets the values that the peer's own program adds. Empty by default.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets the peer's id: host, port and group.</summary>
    public PeerId Id => new(Host, Port, Group);
}
