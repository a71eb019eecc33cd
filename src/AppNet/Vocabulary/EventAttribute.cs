namespace AppNet;

/// <summary>
/// Makes a partial method an event of this peer: calling it publishes its arguments to every peer that has subscribed. The method returns
/// a <see cref="Task"/>, which ends when the event is queued for each subscriber; the generator writes its body.
/// </summary>
/// <param name="name">The event's name: 1 to 512 bytes of UTF-8.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class EventAttribute(string name) : Attribute
{
    /// <summary>Gets the event's name.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// Gets or sets the name of a method that shapes what is delivered: it takes the event's parameters, or an <c>EventArguments</c> that
    /// it may change in place, and returns the <c>EventArguments</c> to deliver. What it throws reaches the raiser, and nothing is sent.
    /// Default: null, the arguments are delivered as they are.
    /// </summary>
    public string? Prepare { get; set; }

    /// <summary>Gets or sets what happens when a subscriber's queue is full. The default value is <see cref="EventQueueFull.DropOldest"/>.</summary>
    public EventQueueFull WhenFull { get; set; }
}
