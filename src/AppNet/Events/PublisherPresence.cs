namespace AppNet.Events;

/// <summary>Whether a peer is there.</summary>
/// <param name="Info">What it says of itself.</param>
/// <param name="IsThere">Whether it is.</param>
/// <param name="IsOnHost">Whether it runs on this host.</param>
internal sealed record PublisherPresence(PeerInfo Info, bool IsThere, bool IsOnHost);
