using AppNet.Links;
using AppNet.Wire;

namespace AppNet.Events;

/// <summary>The events over one link: those that go out to subscribers, and those that come in. Runs no user code.</summary>
internal sealed class LinkEvents : IFrameHandler
{
    private readonly EventHub _hub;

    // Set when this side stops, or hears that the other one does: then subscriptions end with the link, and need not move.
    private volatile bool _isStopping;

    /// <summary>Makes the handler of a link.</summary>
    /// <param name="hub">The peer's events.</param>
    /// <param name="link">The link.</param>
    public LinkEvents(EventHub hub, Link link)
    {
        _hub = hub;
        Subscribers = new LinkSubscribers(hub, link);
        Inlets = new LinkInlets(hub, link);
    }

    /// <summary>Gets the subscriptions of the other side.</summary>
    public LinkSubscribers Subscribers { get; }

    /// <summary>Gets the subscriptions of this side.</summary>
    public LinkInlets Inlets { get; }

    /// <summary>
    /// Gets whether the link can be closed: events that wait are handed out, and, unless a side stops, subscriptions have moved to the link
    /// that stays.
    /// </summary>
    public bool IsIdle => _isStopping || _hub.IsStopping
        ? Subscribers.AreQueuesEmpty
        : Subscribers.IsEmpty && Inlets.IsEmpty;

    /// <summary>Takes note that the peer at the other end says something else of itself: it may be meant by other rules now.</summary>
    public void OnLearned() => _hub.LookAgain();

    /// <inheritdoc/>
    public void OnFrame(in Frame frame)
    {
        switch (frame.Header.Type)
        {
            case FrameType.Event:
                Inlets.OnEvent(in frame);
                break;
            case FrameType.Grant:
                Subscribers.OnGrant(in frame);
                break;
            case FrameType.Subscribe:
                Subscribers.OnSubscribe(in frame);
                break;
            case FrameType.Unsubscribe:
                Subscribers.OnUnsubscribe(in frame);
                break;
            case FrameType.Notice when (NoticeCode)frame.Header.Number == NoticeCode.Misfit:
                Subscribers.OnMisfit(in frame);
                break;
            default:
                Inlets.OnNotice(in frame);
                break;
        }
    }

    /// <inheritdoc/>
    public void OnHeldUp()
    {
    }

    /// <inheritdoc/>
    public void OnGoodbye(uint lastCall, bool takesNothingMore)
    {
        if (takesNothingMore)
        {
            _isStopping = true;
        }
        else
        {
            Inlets.Move();
        }
    }

    /// <inheritdoc/>
    public void OnLeaving() => Inlets.Move();

    /// <inheritdoc/>
    public uint Stop()
    {
        _isStopping = true;
        return 0;
    }

    /// <inheritdoc/>
    public void OnLost(NetException reason)
    {
        Subscribers.OnLost(reason);
        Inlets.OnLost(reason);
    }
}
