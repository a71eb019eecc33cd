using System.ComponentModel;
using AppNet.Connections;

namespace AppNet.Events;

/// <summary>One event that this process raises, as generated code describes it. Made once for each. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class EventDefinition
{
    /// <summary>Describes an event.</summary>
    /// <param name="name">Its name: 1 to 512 bytes of UTF-8.</param>
    /// <param name="parameters">The parameters that the wire carries, in order.</param>
    /// <param name="whenFull">What happens when a subscriber's queue is full.</param>
    /// <exception cref="ArgumentException">The name is none.</exception>
    private protected EventDefinition(string name, IReadOnlyList<ConnectionParameter> parameters, EventQueueFull whenFull)
    {
        EventName.Check(name);
        Name = name;
        Parameters = parameters;
        WhenFull = whenFull;
    }

    /// <summary>Gets the event's name.</summary>
    public string Name { get; }

    /// <summary>Gets the parameters that the wire carries, in order.</summary>
    public IReadOnlyList<ConnectionParameter> Parameters { get; }

    /// <summary>Gets what happens when a subscriber's queue is full.</summary>
    public EventQueueFull WhenFull { get; }
}
