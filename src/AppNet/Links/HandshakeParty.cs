namespace AppNet.Links;

/// <summary>What one side brings to a handshake.</summary>
/// <param name="Info">What it is.</param>
/// <param name="Options">What its links have in common.</param>
internal sealed record HandshakeParty(PeerInfo Info, LinkOptions Options)
{
    /// <summary>
    /// Gets what says of a host whether it is this side's own; null on a path that can't have been led elsewhere. Where it is given, an
    /// accepting side also refuses links of its own: somebody has thrown them back at it.
    /// </summary>
    public Func<string, bool>? IsOwnHost { get; init; }
}
