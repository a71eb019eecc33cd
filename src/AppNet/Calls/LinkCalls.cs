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
        Outgoing = new CallTable(protocol, link);
        Incoming = new Dispatcher(protocol, link, Outgoing.FindCallback);
    }

    /// <summary>Gets the calls that wait for their answer.</summary>
    public CallTable Outgoing { get; }

    /// <summary>Gets the calls that run here.</summary>
    public Dispatcher Incoming { get; }

    /// <inheritdoc/>
    public bool IsIdle => Outgoing.IsEmpty && Incoming.IsIdle;

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
                break;
            default:
                Incoming.OnTag(in frame);
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
    }
}
