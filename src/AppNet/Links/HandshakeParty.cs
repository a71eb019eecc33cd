namespace AppNet.Links;

/// <summary>What one side brings to a handshake.</summary>
/// <param name="Info">What it is.</param>
/// <param name="Options">What its links have in common.</param>
internal sealed record HandshakeParty(PeerInfo Info, LinkOptions Options);
