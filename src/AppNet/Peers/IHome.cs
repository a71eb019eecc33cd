using AppNet.Discovery;
using AppNet.Transport;

namespace AppNet.Peers;

/// <summary>
/// Where a peer lives: which ways lead to it, how it is listed for others, and how others are found. There are two: the host with its
/// sockets and files, and the network in memory.
/// </summary>
internal interface IHome
{
    /// <summary>Gets the ways to other peers.</summary>
    IReadOnlyList<ITransport> Transports { get; }

    /// <summary>Gets the sources of peers that need no network.</summary>
    /// <param name="self">What this peer brings to a handshake.</param>
    /// <returns>The sources.</returns>
    IReadOnlyList<IPeerSource> Sources(Func<Links.HandshakeParty> self);

    /// <summary>Begins to listen. Called once; nobody finds the peer before <see cref="IPlace.Publish"/>.</summary>
    /// <param name="instance">The peer's instance.</param>
    /// <returns>The place, to be disposed when the peer leaves.</returns>
    /// <exception cref="IOException">Listening is not possible.</exception>
    IPlace Settle(Guid instance);

    /// <summary>Says which way leads to an address: not every one that somebody names may be gone as it is named.</summary>
    /// <param name="address">The address.</param>
    /// <returns>Where to dial, and by what; null: it may not be dialled.</returns>
    TransportAddress? WayTo(TransportAddress address);

    /// <summary>Says whether, on a way, the other side must prove in the handshake that it knows its entry's secret.</summary>
    /// <param name="way">The way.</param>
    /// <returns>Whether; else the way itself is proof enough.</returns>
    bool NeedsProof(TransportAddress way);

    /// <summary>Says whether an address is one of this host alone, where Python peers are met, which prove nothing.</summary>
    /// <param name="address">The address.</param>
    /// <returns>Whether; in memory every one is.</returns>
    bool IsOnHost(TransportAddress address);

    /// <summary>Finds where a peer listens that no table knows: by its address.</summary>
    /// <param name="address">The address.</param>
    /// <returns>What is known of it; null: it can't be on this host.</returns>
    PeerRecord? Locate(PeerAddress address);
}
