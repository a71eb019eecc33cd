using AppNet.Links;
using AppNet.Wire;

namespace AppNet.Calls;

/// <summary>The calls over one link: those that go out, and those that come in.</summary>
internal sealed class LinkCalls : IFrameHandler
{
    /// <summary>Makes the handler of a link.</summary>
    /// <param name="protocol">What the calls of this peer have in common.</param>
    /// <param name="link">The link.</param>
    public LinkCalls(CallProtocol protocol, Link link)
    {
        Streams = new LinkStreams(protocol, link);
        Outgoing = new CallTable(protocol, link, Streams);
        Incoming = new Dispatcher(protocol, link, Streams, Outgoing.FindCallback);
    }

    /// <summary>Gets the calls that wait for their answer.</summary>
    public CallTable Outgoing { get; }

    /// <summary>Gets the calls that run here.</summary>
    public Dispatcher Incoming { get; }

    /// <summary>Gets the streams of both.</summary>
    public LinkStreams Streams { get; }

    /// <inheritdoc/>
    public bool IsIdle => Outgoing.IsEmpty && Incoming.IsIdle && Streams.IsEmpty;

    /// <inheritdoc/>
    public void OnFrame(in Frame frame)
    {
        switch (frame.Header.Type)
        {
            case FrameType.Call:
                Incoming.OnCall(in frame);
                break;
            case FrameType.Answer:
            case FrameType.Error:
            case FrameType.Flag:
                Outgoing.OnAnswer(in frame);
                break;
            case FrameType.Cancel:
                Incoming.OnCancel(frame.Header.Id);
                Streams.OnCancel(frame.Header.Id);
                break;
            case FrameType.Tag:
                Incoming.OnTag(in frame);
                break;
            default:
                OnStreamFrame(in frame);
                break;
        }
    }

    /// <inheritdoc/>
    public void OnHeldUp() => Incoming.OnHeldUp();

    /// <inheritdoc/>
    public void OnGoodbye(uint lastCall, bool takesNothingMore)
    {
        if (takesNothingMore)
        {
            Outgoing.RefuseAfter(lastCall);
        }
        else
        {
            Outgoing.Settle();
        }
    }

    /// <inheritdoc/>
    public void Settle() => Outgoing.Settle();

    /// <inheritdoc/>
    public uint Stop() => Incoming.Stop();

    /// <inheritdoc/>
    public void OnLost(NetException reason)
    {
        Outgoing.FailAll(reason);
        Incoming.CancelAll();
        Streams.OnLost(reason);
    }

    private void OnStreamFrame(in Frame frame)
    {
        Streams.OnFrame(in frame);
        if (frame.Header is { Type: FrameType.Stop, Number: 0 } header && (header.Flags & FrameFlags.Theirs) == 0)
        {
            // Whoever wants nothing of the result wants nothing of the call.
            Incoming.OnCancel(header.Id);
        }
    }
}
