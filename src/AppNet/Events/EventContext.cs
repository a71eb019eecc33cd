using System.ComponentModel;
using AppNet.Connections;

namespace AppNet;

/// <summary>
/// What a handler may know of the event that it handles. A parameter of this type is filled by the library; no argument travels for it.
/// Never changes; safe for use from many threads.
/// </summary>
public sealed class EventContext
{
    internal EventContext(Peer publisher, string name, long number, long missed, bool hasPublisherRestarted)
    {
        Publisher = publisher;
        Name = name;
        Number = number;
        Missed = missed;
        HasPublisherRestarted = hasPublisherRestarted;
    }

    /// <summary>Gets the peer that raised the event. It can be called.</summary>
    public Peer Publisher { get; }

    /// <summary>Gets the event's name.</summary>
    public string Name { get; }

    /// <summary>Gets the event's number: the publisher counts what it raises under a name, from 1 when it starts.</summary>
    public long Number { get; }

    /// <summary>
    /// Gets how many events of this publisher and name were missed since the one handled before: dropped from a full queue, or raised
    /// while there was no link. For the first event of a subscription 0.
    /// </summary>
    public long Missed { get; }

    /// <summary>
    /// Gets whether the publisher has started anew since the event handled before. <see cref="Missed"/> then counts what it has raised
    /// since its start; what was missed before that is not known.
    /// </summary>
    public bool HasPublisherRestarted { get; }

    /// <summary>Returns the context of a running handler. For generated code.</summary>
    /// <param name="invocation">The running handler.</param>
    /// <returns>The context.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static EventContext Of(Invocation invocation)
    {
        ArgumentNullException.ThrowIfNull(invocation);
        return (EventContext)invocation.Context;
    }

    /// <summary>Returns the event in one line.</summary>
    /// <returns>Name, number and publisher.</returns>
    public override string ToString() => $"{Name} {Number} from {Publisher}";
}
