namespace AppNet.Load.Systems;

/// <summary>Raises events in the server process.</summary>
internal interface IEventPublisher
{
    /// <summary>Raises events, each by itself where the system has an API for that. Called again only when it has ended.</summary>
    /// <param name="events">What each carries, in order.</param>
    /// <returns>A task that ends when all are queued for every subscriber; it waits where a queue is full.</returns>
    ValueTask PublishAsync(ReadOnlyMemory<int> events);
}
