using System.Collections;
using System.Diagnostics.CodeAnalysis;
using AppNet.Events;

namespace AppNet;

/// <summary>
/// Who has subscribed at this peer, by event, and the rules by which it subscribes elsewhere: a snapshot, which doesn't change. Enumerates
/// the events that have subscribers, in the order of their names.
/// </summary>
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "Named for what it shows.")]
public sealed class Subscriptions : IReadOnlyCollection<string>
{
    private readonly SortedDictionary<string, IReadOnlyList<Peer>> _byEvent = new(StringComparer.Ordinal);

    internal Subscriptions(EventHub? hub)
    {
        Rules = hub is null ? [] : [.. hub.Rules.Select(rule => new Subscription(rule, isHolder: false))];
        foreach (var topic in hub?.Topics.All ?? [])
        {
            var peers = topic.Outlets.Where(outlet => !outlet.IsClosed).Select(outlet => outlet.Subscribers.Peer).Distinct().ToArray();
            if (peers.Length > 0)
            {
                _byEvent[topic.Name] = Array.AsReadOnly(peers);
            }
        }
    }

    /// <summary>Gets the rules by which this peer subscribes elsewhere.</summary>
    public IReadOnlyList<Subscription> Rules { get; }

    /// <summary>Gets how many events have subscribers.</summary>
    public int Count => _byEvent.Count;

    /// <summary>Gets who has subscribed to an event; nobody when there is no such event.</summary>
    /// <param name="eventName">The event's name.</param>
    /// <returns>The peers.</returns>
    public IReadOnlyList<Peer> this[string eventName] => _byEvent.GetValueOrDefault(eventName, []);

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => _byEvent.Keys.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
