using AppNet.Links;
using AppNet.Security;
using AppNet.Transport;
using AppNet.Wire;

namespace AppNet.Peers;

/// <summary>How a rotated key reaches those who have the one before it. docs/protocol.md, section 14.2.</summary>
/// <param name="learn">Told of a key and the one before it, on the read loop.</param>
internal sealed class KeyProtocol(Action<NetworkKey, NetworkKey> learn) : ILinkProtocol
{
    /// <inheritdoc/>
    public IReadOnlyList<FrameType> FrameTypes { get; } = [FrameType.Key];

    /// <summary>Says whether keys may travel over a link: only where both ends have proved themselves and nobody can listen.</summary>
    /// <param name="link">The link.</param>
    /// <returns>Whether they may.</returns>
    public static bool IsTrusted(Link link) => link.Path.Transport is TlsTransport.TransportName or UnixTransport.TransportName;

    /// <summary>Tells a key.</summary>
    /// <param name="link">The link, which is trusted.</param>
    /// <param name="newest">The key in use.</param>
    /// <param name="older">The one before it.</param>
    public static void Tell(Link link, NetworkKey newest, NetworkKey older)
    {
        byte[] keys = [.. newest.Reveal(), .. older.Reveal()];
        _ = link.Append(FrameType.Key, FrameFlags.None, 0, 0, default, keys, canWait: false);
        link.Flush();
    }

    /// <inheritdoc/>
    public IFrameHandler Attach(Link link) => new Listener(this, link);

    private void Learn(Link link, in Frame frame)
    {
        if (!IsTrusted(link) || frame.Payload.Length != 2 * NetworkKey.Size)
        {
            throw new ProtocolException("A Key frame came over a link that may carry none, or is not of two keys.");
        }

        learn(NetworkKey.Of(frame.Payload[..NetworkKey.Size]), NetworkKey.Of(frame.Payload[NetworkKey.Size..]));
    }

    private sealed class Listener(KeyProtocol protocol, Link link) : IFrameHandler
    {
        public bool IsIdle => true;

        public void OnFrame(in Frame frame) => protocol.Learn(link, in frame);

        public void OnHeldUp()
        {
            // Runs no user code.
        }

        public void OnGoodbye(uint lastCall, bool takesNothingMore)
        {
            // Nothing is under way.
        }

        public uint Stop() => 0;

        public void OnLost(NetException reason)
        {
            // Nothing is under way.
        }
    }
}
