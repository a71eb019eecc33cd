using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace AppNet.Events;

/// <summary>What the bodies of events that the generator writes call. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[SuppressMessage("Design", "CA1030:Use events where appropriate", Justification = "These events leave the process.")]
public static class GeneratedEvent
{
    /// <summary>
    /// Gets or sets how the current peer is found: inside a function or a handler the one that it runs on, elsewhere that of the process.
    /// Set by the facade, which this floor does not know, when the library is loaded.
    /// </summary>
    internal static Func<IEventRaiser> CurrentRaiser { get; set; } =
        static () => throw new InvalidOperationException("The library has not been loaded as a whole.");

    /// <summary>Raises an event of the current peer.</summary>
    /// <typeparam name="TArguments">The arguments together.</typeparam>
    /// <param name="definition">The event.</param>
    /// <param name="arguments">The arguments.</param>
    /// <returns>A task that ends when the event is queued for each subscriber.</returns>
    public static Task RaiseAsync<TArguments>(EventDefinition<TArguments> definition, TArguments arguments)
        where TArguments : struct
    {
        ArgumentNullException.ThrowIfNull(definition);
        return CurrentRaiser().RaiseAsync(definition, arguments);
    }

    /// <summary>Raises an event of the current peer with arguments that a hook has prepared.</summary>
    /// <param name="name">The event's name.</param>
    /// <param name="whenFull">What happens when a subscriber's queue is full.</param>
    /// <param name="arguments">The arguments.</param>
    /// <returns>A task that ends when the event is queued for each subscriber.</returns>
    public static Task RaiseAsync(string name, EventQueueFull whenFull, EventArguments arguments)
    {
        EventName.Check(name);
        ArgumentNullException.ThrowIfNull(arguments);
        return CurrentRaiser().RaiseAsync(name, whenFull, arguments);
    }
}
