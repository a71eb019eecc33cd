namespace AppNet.Events;

/// <summary>
/// Tells who is there to be subscribed at. A seam: this floor knows of no discovery. Implemented where peers are found; safe for use from
/// many threads.
/// </summary>
internal interface IPublisherSource
{
    /// <summary>Returns the peers that are there; the first time it waits until each source has answered once.</summary>
    /// <param name="onHost">Whether only peers on this host are wanted, so that no network is waited for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The peers, this one not among them.</returns>
    Task<IReadOnlyList<PublisherPresence>> FindAsync(bool onHost, CancellationToken cancellationToken);

    /// <summary>Yields the peers that are there, then who comes, goes and changes.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The peers as they are.</returns>
    IAsyncEnumerable<PublisherPresence> WatchAsync(CancellationToken cancellationToken);
}
