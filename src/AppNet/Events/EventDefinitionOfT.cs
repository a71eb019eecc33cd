using System.ComponentModel;
using AppNet.Connections;

namespace AppNet.Events;

/// <summary>One event whose arguments have types known when it was compiled. Made once for each. For generated code.</summary>
/// <typeparam name="TArguments">The arguments together: a <see cref="ValueTuple"/>.</typeparam>
/// <param name="name">Its name: 1 to 512 bytes of UTF-8.</param>
/// <param name="parameters">The parameters that the wire carries, in order.</param>
/// <param name="whenFull">What happens when a subscriber's queue is full.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class EventDefinition<TArguments>(string name, IReadOnlyList<ConnectionParameter> parameters, EventQueueFull whenFull)
    : EventDefinition(name, parameters, whenFull)
    where TArguments : struct
{
    /// <summary>Gets or sets the topic of the peer that raised the event last: a short cut past its table.</summary>
    internal object? Topic { get; set; }

    /// <summary>Writes all arguments, in the order of the parameters. Called by whoever raises the event, if anyone has subscribed.</summary>
    /// <param name="writer">Where they go.</param>
    /// <param name="arguments">The arguments.</param>
    public abstract void WriteArguments(ref ArgumentWriter writer, in TArguments arguments);
}
