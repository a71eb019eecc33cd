using AppNet.Events;

namespace AppNet;

/// <summary>
/// A standing rule of this peer: it is subscribed to an event at every publisher that matches, those that come later and those that come
/// back included, until it is disposed. Safe for use from many threads.
/// </summary>
public sealed class Subscription : IDisposable
{
    private readonly Rule _rule;

    internal Subscription(Rule rule)
    {
        _rule = rule;
    }

    /// <summary>Gets the event's name.</summary>
    public string EventName => _rule.Queue.EventName;

    /// <summary>Gets the groups whose peers match, or null for all. <c>None</c> stands for the peers without a group.</summary>
    public IReadOnlyCollection<string>? Groups => _rule.Filter.Groups;

    /// <summary>Gets whether only hubs match.</summary>
    public bool HubsOnly => _rule.Filter.HubsOnly;

    /// <summary>Gets whether only peers on this host match.</summary>
    public bool OnHost => _rule.Filter.OnHost;

    /// <summary>Gets the ids of the only peers that match, or null for any.</summary>
    public IReadOnlyList<PeerId>? Peers => _rule.Filter.Peers;

    /// <summary>Gets the publishers at which it is subscribed at this moment.</summary>
    public IReadOnlyList<Peer> Publishers => _rule.Publishers;

    /// <summary>Gets how many events the handler has handled.</summary>
    public long Handled => _rule.Queue.Handled;

    /// <summary>Gets how many events are known to be missed: dropped from full queues, or raised while there was no link.</summary>
    public long Missed => _rule.Queue.Missed;

    /// <summary>Gets how many events the handler failed on, or was not given since their arguments did not fit.</summary>
    public long Failed => _rule.Queue.Failed;

    /// <summary>
    /// Ends the subscription. No event is handed out after this; a handler that is running goes on, and is told by its token.
    /// </summary>
    public void Dispose() => _rule.Dispose();

    /// <summary>Returns the rule in one line.</summary>
    /// <returns>The event's name, and where it is subscribed.</returns>
    public override string ToString() => $"{EventName} at {Publishers.Count} publishers";
}
