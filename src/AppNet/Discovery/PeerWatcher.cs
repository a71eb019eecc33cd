using System.Threading.Channels;

namespace AppNet.Discovery;

/// <summary>
/// One who watches a <see cref="PeerTable"/>. Changes wait here until they are read, at most one per instance: what
/// follows before the first is read is merged with it, so that a slow watcher sees the net effect and never grows.
/// </summary>
internal sealed class PeerWatcher
{
    private readonly Lock _gate = new();

    // Guarded by _gate. In the order in which each instance's first unread change came.
    private readonly OrderedDictionary<Guid, PeerChange> _unread = [];

    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Adds a change. Never waits.</summary>
    /// <param name="change">The change.</param>
    public void Offer(PeerChange change)
    {
        var instance = change.Info.Instance;
        lock (_gate)
        {
            var merged = _unread.TryGetValue(instance, out var earlier) ? Merge(earlier, change) : change;
            if (merged is null)
            {
                _unread.Remove(instance);
            }
            else
            {
                _unread[instance] = merged;
            }
        }

        _ = _signal.Writer.TryWrite(true);
    }

    /// <summary>Takes the oldest unread change, or waits for one. Not called concurrently.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The change.</returns>
    public async ValueTask<PeerChange> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryTake(out var change))
            {
                return change;
            }

            await _signal.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out PeerChange? change)
    {
        lock (_gate)
        {
            change = _unread.Count > 0 ? _unread.GetAt(0).Value : null;
            if (change is not null)
            {
                _unread.RemoveAt(0);
            }

            return change is not null;
        }
    }

    // Null: nothing is left to tell. Whoever did not hear that a peer came needs not hear that it went.
    private static PeerChange? Merge(PeerChange earlier, PeerChange later)
    {
        var came = earlier.Kind is PeerChangeKind.Joined;
        var goes = later.Kind is PeerChangeKind.Left or PeerChangeKind.Lost;
        if (came)
        {
            return goes ? null : earlier with { Info = later.Info };
        }

        return goes ? later : new PeerChange(PeerChangeKind.Changed, later.Info);
    }
}
