namespace AppNet.Load.Systems;

/// <summary>A system with events: one publisher in the server process, subscribers in the client process.</summary>
internal interface IEventSystem : ISystem
{
    /// <summary>Subscribes to the server's events, over a link of its own.</summary>
    /// <param name="endpoint">What the server gave as its <see cref="ILoadServer.Endpoint"/>.</param>
    /// <param name="handler">Takes each event, one at a time.</param>
    /// <returns>The subscription, when the server knows of it.</returns>
    Task<IAsyncDisposable> SubscribeAsync(Endpoint endpoint, Action<int> handler);
}
