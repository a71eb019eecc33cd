namespace AppNet.Load.Systems.AppNetPeers;

/// <summary>Peers that offer <see cref="LoadFunctions"/>, named to clients by their ids; the first of them also raises events.</summary>
/// <param name="transport">The transport.</param>
/// <param name="peers">The peers; at least one.</param>
internal sealed class AppNetServer(LoadTransport transport, IReadOnlyList<LocalPeer> peers) : ILoadServer, IEventPublisher
{
    /// <summary>The name of the event.</summary>
    public const string EventName = "tick";

    private const char Separator = ',';

    private readonly Event<int> _tick = peers[0].Event<int>(EventName, EventQueueFull.Wait);

    /// <inheritdoc/>
    public Endpoint Endpoint { get; } = new(transport, string.Join(Separator, peers.Select(peer => peer.Id)));

    /// <inheritdoc/>
    public IEventPublisher Publisher => this;

    /// <summary>Reads the ids of the peers.</summary>
    /// <param name="endpoint">A server's endpoint.</param>
    /// <returns>The ids.</returns>
    public static IReadOnlyList<PeerId> IdsOf(Endpoint endpoint) => [.. endpoint.Address.Split(Separator).Select(PeerId.Parse)];

    /// <inheritdoc/>
    public async ValueTask PublishAsync(ReadOnlyMemory<int> events)
    {
        for (var index = 0; index < events.Length; index++)
        {
            await _tick.RaiseAsync(events.Span[index]);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var peer in peers)
        {
            await peer.DisposeAsync();
        }
    }
}
