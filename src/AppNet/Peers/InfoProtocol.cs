using AppNet.Discovery;
using AppNet.Events;
using AppNet.Links;
using AppNet.Wire;
using Microsoft.Extensions.Logging;

namespace AppNet.Peers;

/// <summary>What linked peers say of themselves after the handshake. docs/protocol.md, section 5.4.</summary>
/// <param name="peers">The peers that are known.</param>
/// <param name="logger">Where changes are reported.</param>
internal sealed class InfoProtocol(PeerTable peers, ILogger logger) : ILinkProtocol
{
    /// <inheritdoc/>
    public IReadOnlyList<FrameType> FrameTypes { get; } = [FrameType.Info];

    /// <inheritdoc/>
    public IFrameHandler Attach(Link link) => new Listener(this, link);

    private void Learn(Link link, in Frame frame)
    {
        if (!PeerInfoJson.TryRead(frame.Payload, out var info, out var problem))
        {
            throw new ProtocolException($"An Info frame can't be read: {problem}");
        }

        link.Learn(info);
        Log.InfoLearned(logger, info.Id, info);
        peers.Update(info);
        link.Handler<LinkEvents>().OnLearned();
    }

    private sealed class Listener(InfoProtocol protocol, Link link) : IFrameHandler
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
