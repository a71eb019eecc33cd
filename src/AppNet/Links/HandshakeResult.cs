using AppNet.Transport;

namespace AppNet.Links;

/// <summary>A duplex on which both sides have named and proved themselves.</summary>
/// <param name="Duplex">The duplex.</param>
/// <param name="Remote">What the other side said of itself.</param>
/// <param name="IsDialler">Whether this side dialled.</param>
/// <param name="RemoteLimits">What the other side is willing to take.</param>
/// <param name="Received">What arrived behind the handshake.</param>
internal sealed record HandshakeResult(
    IDuplex Duplex,
    PeerInfo Remote,
    bool IsDialler,
    LinkLimits RemoteLimits,
    ReadOnlyMemory<byte> Received);
