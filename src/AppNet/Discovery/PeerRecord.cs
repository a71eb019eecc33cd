using AppNet.Transport;

namespace AppNet.Discovery;

/// <summary>What one or more sources know of a peer, with what is needed to reach it.</summary>
internal sealed record PeerRecord
{
    /// <summary>Gets what the peer says of itself.</summary>
    public required PeerInfo Info { get; init; }

    /// <summary>Gets where the peer listens, best first: Unix sockets before TCP.</summary>
    public IReadOnlyList<TransportAddress> Addresses { get; init; } = [];

    /// <summary>
    /// Gets the random secret from the peer's entry in the runtime directory, by which the two prove that one user runs
    /// both; empty when no source knows one. Never logged.
    /// </summary>
    public ReadOnlyMemory<byte> Secret { get; init; }

    /// <summary>Gets whether a source of this host found the peer, so that it runs on this host.</summary>
    public bool IsOnHost { get; init; }

    /// <summary>Gets the names of the sources that know the peer.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>Says whether the peer is asked for.</summary>
    /// <param name="query">Which peers are asked for.</param>
    /// <returns>Whether this is one.</returns>
    public bool Matches(PeerQuery query) => (IsOnHost || !query.OnHost) && query.Matches(Info);

    /// <inheritdoc/>
    public bool Equals(PeerRecord? other) =>
        other is not null && IsOnHost == other.IsOnHost && Info.Equals(other.Info)
        && Addresses.SequenceEqual(other.Addresses) && Secret.Span.SequenceEqual(other.Secret.Span)
        && Sources.SequenceEqual(other.Sources, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => Info.GetHashCode();

    /// <summary>Returns the form for logs, without the secret.</summary>
    /// <returns>Id, instance, addresses and sources.</returns>
    public override string ToString() =>
        $"{Info.Id.ToFriendlyString()} ({Info.Instance:N}) at {string.Join(", ", Addresses)} from {string.Join(", ", Sources)}";
}
