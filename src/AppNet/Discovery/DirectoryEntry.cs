using System.Net;

namespace AppNet;

/// <summary>A peer that an <see cref="IPeerDirectory"/> knows.</summary>
public sealed record DirectoryEntry
{
    /// <summary>Gets what the peer says of itself.</summary>
    public required PeerInfo Info { get; init; }

    /// <summary>
    /// Gets where the peer listens, best first. Empty, the default, means the host and port of <see cref="Info"/>. Known
    /// kinds are <see cref="IPEndPoint"/> and <see cref="DnsEndPoint"/>; others are passed over.
    /// </summary>
    public IReadOnlyList<EndPoint> EndPoints { get; init; } = [];
}
