namespace AppNet;

/// <summary>One event of a stream of events.</summary>
/// <typeparam name="T">What its arguments are bound to.</typeparam>
public sealed class EventItem<T>
{
    internal EventItem(T value, EventContext context)
    {
        Value = value;
        Context = context;
    }

    /// <summary>Gets the arguments.</summary>
    public T Value { get; }

    /// <summary>Gets what is known of the event besides its arguments.</summary>
    public EventContext Context { get; }

    /// <inheritdoc cref="EventContext.Publisher"/>
    public Peer Publisher => Context.Publisher;

    /// <inheritdoc cref="EventContext.Number"/>
    public long Number => Context.Number;

    /// <inheritdoc cref="EventContext.Missed"/>
    public long Missed => Context.Missed;

    /// <inheritdoc cref="EventContext.HasPublisherRestarted"/>
    public bool HasPublisherRestarted => Context.HasPublisherRestarted;

    /// <summary>Returns the event in one line.</summary>
    /// <returns>Name, number, publisher and value.</returns>
    public override string ToString() => $"{Context}: {Value}";
}
