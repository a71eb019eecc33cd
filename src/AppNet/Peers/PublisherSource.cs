using System.Runtime.CompilerServices;
using AppNet.Discovery;
using AppNet.Events;

namespace AppNet.Peers;

/// <summary>Tells the events' floor who is there, from what discovery knows.</summary>
internal sealed class PublisherSource(PeerFinder finder, PeerTable peers) : IPublisherSource
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<PublisherPresence>> FindAsync(bool onHost, CancellationToken cancellationToken)
    {
        var found = await finder.FindAsync(new PeerQuery { OnHost = onHost }, refresh: false, cancellationToken).ConfigureAwait(false);
        return [.. found.Select(record => new PublisherPresence(record.Info, IsThere: true, record.IsOnHost))];
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<PublisherPresence> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var change in finder.WatchAsync(cancellationToken).ConfigureAwait(false))
        {
            var isThere = change.Kind is PeerChangeKind.Joined or PeerChangeKind.Changed;
            var isOnHost = peers.TryGet(change.Info.Instance, out var record) && record.IsOnHost;
            yield return new PublisherPresence(change.Info, isThere, isOnHost);
        }
    }
}
