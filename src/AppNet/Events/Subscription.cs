using AppNet.Events;

namespace AppNet;

/// <summary>
/// A standing rule of this peer: it is subscribed to an event at every publisher that matches, those that come later and those that come
/// back included, until it is disposed. Safe for use from many threads.
/// </summary>
public sealed class Subscription : IDisposable
{
    private readonly Rule _rule;
    private readonly bool _isHolder;
    private int _isDisposed;

    /// <summary>Makes the user's view of a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="isHolder">Whether it is one of those who keep the rule; else it shows it, and ends it for all.</param>
    internal Subscription(Rule rule, bool isHolder)
    {
        _rule = rule;
        _isHolder = isHolder;
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
    /// Ends the subscription. No event is handed out after this; a handler that is running goes on, and is told by its token. Where it
    /// was subscribed more than once with the same handler and the same limits, it ends with the last of them. One that was taken from
    /// <see cref="Subscriptions.Rules"/> ends it for all.
    /// </summary>
    public void Dispose()
    {
        if (!_isHolder)
        {
            _rule.Dispose();
        }
        else if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            _rule.Release();
        }
    }

    /// <summary>Returns the rule in one line.</summary>
    /// <returns>The event's name, and where it is subscribed.</returns>
    public override string ToString() => $"{EventName} at {Publishers.Count} publishers";
}
