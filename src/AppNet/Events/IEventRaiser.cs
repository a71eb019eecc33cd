namespace AppNet.Events;

/// <summary>Raises events of one peer. Implemented by the peer itself, which may have to start first; safe for use from many threads.</summary>
internal interface IEventRaiser
{
    /// <summary>Raises an event whose arguments have known types.</summary>
    /// <typeparam name="TArguments">The arguments together.</typeparam>
    /// <param name="definition">The event.</param>
    /// <param name="arguments">The arguments.</param>
    /// <returns>A task that ends when the event is queued for each subscriber.</returns>
    Task RaiseAsync<TArguments>(EventDefinition<TArguments> definition, TArguments arguments)
        where TArguments : struct;

    /// <summary>Raises an event by its name.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="whenFull">What happens when a subscriber's queue is full.</param>
    /// <param name="arguments">The arguments.</param>
    /// <returns>A task that ends when the event is queued for each subscriber.</returns>
    Task RaiseAsync(string name, EventQueueFull whenFull, EventArguments arguments);
}
