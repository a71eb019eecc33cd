namespace AppNet.Discovery;

/// <summary>What was found at one address: nobody, something that is no peer, or a peer.</summary>
internal readonly record struct ProbeResult
{
    private ProbeResult(bool isForeign, PeerRecord? peer)
    {
        IsForeign = isForeign;
        Peer = peer;
    }

    /// <summary>Gets the result for an address where nobody listens.</summary>
    public static ProbeResult Nothing => default;

    /// <summary>Gets the result for an address where something listens that is no peer, or none that answers us.</summary>
    public static ProbeResult Foreign => new(isForeign: true, peer: null);

    /// <summary>Gets whether something listens there that is no peer.</summary>
    public bool IsForeign { get; }

    /// <summary>Gets the peer, or null when there is none.</summary>
    public PeerRecord? Peer { get; }

    /// <summary>Makes the result for an address where a peer answers.</summary>
    /// <param name="peer">The peer.</param>
    /// <returns>The result.</returns>
    public static ProbeResult Found(PeerRecord peer) => new(isForeign: false, peer);
}
