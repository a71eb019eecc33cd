using System.Collections.Concurrent;

namespace AppNet.Events;

/// <summary>
/// The events of one peer by name: those that it raised, and those that others have subscribed to. A name that was never raised here is
/// forgotten with its last subscriber, so that others can't fill the table. Safe for use from many threads.
/// </summary>
internal sealed class TopicTable(EventHub hub)
{
    private readonly ConcurrentDictionary<string, Topic> _topics = new(StringComparer.Ordinal);

    /// <summary>Gets the topics: a snapshot.</summary>
    public IEnumerable<Topic> All => _topics.Values;

    /// <summary>Returns the topic of a name that is raised here. It is kept from now on.</summary>
    /// <param name="name">The event's name.</param>
    /// <returns>The topic.</returns>
    public Topic GetForRaising(string name)
    {
        while (true)
        {
            var topic = Get(name);
            if (topic.TryKeep())
            {
                return topic;
            }

            Forget(topic);
        }
    }

    /// <summary>Adds a subscriber to the topic of a name.</summary>
    /// <param name="name">The event's name.</param>
    /// <param name="makeOutlet">Makes the subscriber; called again when the topic was forgotten in the meantime.</param>
    /// <returns>The subscriber.</returns>
    public Outlet Add(string name, Func<Topic, Outlet> makeOutlet)
    {
        while (true)
        {
            var topic = Get(name);
            var outlet = makeOutlet(topic);
            if (topic.TryAdd(outlet))
            {
                return outlet;
            }

            Forget(topic);
        }
    }

    /// <summary>Forgets a topic that has nobody left.</summary>
    /// <param name="topic">The topic.</param>
    public void Forget(Topic topic) => _topics.TryRemove(new KeyValuePair<string, Topic>(topic.Name, topic));

    private Topic Get(string name) =>
        _topics.TryGetValue(name, out var topic) ? topic : _topics.GetOrAdd(name, static (name, hub) => new Topic(hub, name), hub);
}
