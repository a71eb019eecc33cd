using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace AppNet.Discovery;

/// <summary>
/// The peers that are known, one entry per instance whatever the sources say. The peer whose table it is isn't in it.
/// Safe for use from many threads; a member that returns a task touches the network, no other does.
/// </summary>
internal sealed class PeerTable
{
    /// <summary>How long a source may take to answer.</summary>
    public static readonly TimeSpan SourceLimit = TimeSpan.FromSeconds(3);

    /// <summary>The most instances that are kept; further ones are passed over.</summary>
    public const int MaxPeers = 65_536;

    private readonly Lock _gate = new();
    private readonly Guid _self;
    private readonly IReadOnlyList<IPeerSource> _sources;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Dictionary<Guid, KnownPeer> _peers = []; // Guarded by _gate.
    private readonly HashSet<PeerWatcher> _watchers = []; // Guarded by _gate.
    private long _stamp; // Guarded by _gate.

    /// <summary>Makes an empty table.</summary>
    /// <param name="self">The instance that is left out.</param>
    /// <param name="sources">Who is asked in a refresh.</param>
    /// <param name="time">Keeps the time of each source.</param>
    /// <param name="logger">Told of each change, and of sources that fail.</param>
    public PeerTable(Guid self, IReadOnlyList<IPeerSource> sources, TimeProvider time, ILogger logger)
    {
        _self = self;
        _sources = sources;
        _time = time;
        _logger = logger;
    }

    /// <summary>Returns the peers known at this moment.</summary>
    /// <param name="query">Which ones; null: all.</param>
    /// <returns>The peers, in no order.</returns>
    public IReadOnlyList<PeerRecord> Snapshot(PeerQuery? query = null)
    {
        lock (_gate)
        {
            return [.. _peers.Values.Select(peer => peer.Merged).Where(record => query is null || record.Matches(query))];
        }
    }

    /// <summary>Returns the peers that are known at an address: one that runs, and those of whose end nobody has told yet.</summary>
    /// <param name="address">The address.</param>
    /// <returns>The peers, in no order.</returns>
    public IReadOnlyList<PeerRecord> At(PeerAddress address)
    {
        lock (_gate)
        {
            return [.. _peers.Values.Select(peer => peer.Merged).Where(record => IsAt(record, address.Host, address.Port))];
        }
    }

    /// <summary>Finds a peer by its instance.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="record">What is known of it.</param>
    /// <returns>Whether it is known.</returns>
    public bool TryGet(Guid instance, [NotNullWhen(true)] out PeerRecord? record)
    {
        lock (_gate)
        {
            record = _peers.GetValueOrDefault(instance)?.Merged;
            return record is not null;
        }
    }

    /// <summary>
    /// Finds the peer that an id means: the one at its host and port. The group counts only between several, so that an id
    /// from before a change of group still finds its peer.
    /// </summary>
    /// <param name="id">The id.</param>
    /// <param name="record">What is known of the peer.</param>
    /// <returns>Whether one is known.</returns>
    public bool TryFind(PeerId id, [NotNullWhen(true)] out PeerRecord? record)
    {
        lock (_gate)
        {
            record = _peers.Values
                .Select(peer => peer.Merged)
                .Where(peer => IsAt(peer, id.Host, id.Port))
                .MaxBy(peer => (peer.Info.Id == id, peer.Info.StartedAt));
            return record is not null;
        }
    }

    /// <summary>Takes in what a source says of a peer.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="record">What it says.</param>
    public void Report(string source, PeerRecord record)
    {
        lock (_gate)
        {
            ReportLocked(source, record);
        }
    }

    /// <summary>Takes in what a known peer now says of itself; what the sources say of it counts again when they are asked.</summary>
    /// <param name="info">What it says.</param>
    public void Update(PeerInfo info)
    {
        lock (_gate)
        {
            if (_peers.TryGetValue(info.Instance, out var peer) && !peer.Merged.Info.Equals(info))
            {
                peer.Update(info);
                TellLocked(PeerChangeKind.Changed, info);
            }
        }
    }

    /// <summary>Takes in a source's whole answer: what it does not hold, the source no longer knows.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="records">All that the source knows.</param>
    public void Replace(string source, IReadOnlyCollection<PeerRecord> records)
    {
        lock (_gate)
        {
            var before = _stamp;
            foreach (var record in records)
            {
                ReportLocked(source, record);
            }

            WithdrawUnseenLocked(source, before, static _ => true);
        }
    }

    /// <summary>Drops what one source says of a peer, which has left when that was the last one.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="instance">The peer's instance.</param>
    public void Withdraw(string source, Guid instance)
    {
        lock (_gate)
        {
            WithdrawLocked(source, instance);
        }
    }

    /// <summary>Drops a peer, whatever the sources say. One that lists it later brings it back.</summary>
    /// <param name="instance">The peer's instance.</param>
    /// <param name="kind">How it went: <see cref="PeerChangeKind.Left"/> or <see cref="PeerChangeKind.Lost"/>.</param>
    public void Remove(Guid instance, PeerChangeKind kind)
    {
        lock (_gate)
        {
            if (_peers.Remove(instance, out var peer))
            {
                TellLocked(kind, peer.Merged.Info);
            }
        }
    }

    /// <summary>
    /// Asks every source, takes in each peer as it is found, and ends when every source has answered once, failed, or
    /// used up its 3 seconds. With <see cref="PeerQuery.OnHost"/> only the sources of this host are asked.
    /// </summary>
    /// <param name="query">Which peers are asked for.</param>
    /// <param name="cancellationToken">Ends the wait; what was found so far stays.</param>
    /// <returns>A task that fails only by cancellation.</returns>
    public Task RefreshAsync(PeerQuery query, CancellationToken cancellationToken) =>
        Task.WhenAll(_sources
            .Where(source => source.IsOnHost || !query.OnHost)
            .Select(source => Task.Run(() => AskAsync(source, query, cancellationToken), cancellationToken)));

    /// <summary>Yields the changes: first a <see cref="PeerChangeKind.Joined"/> for each peer known, then what happens.</summary>
    /// <remarks>Who reads slowly sees the net effect per peer. It begins with the first read and ends only by cancellation.</remarks>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The changes.</returns>
    public async IAsyncEnumerable<PeerChange> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var watcher = new PeerWatcher();
        lock (_gate)
        {
            foreach (var peer in _peers.Values)
            {
                watcher.Offer(new PeerChange(PeerChangeKind.Joined, peer.Merged.Info));
            }

            _watchers.Add(watcher);
        }

        try
        {
            while (true)
            {
                yield return await watcher.TakeAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            lock (_gate)
            {
                _watchers.Remove(watcher);
            }
        }
    }

    private static bool IsAt(PeerRecord record, string host, int port) =>
        record.Info.Port == port && string.Equals(record.Info.Host, host, StringComparison.Ordinal);

    private async Task AskAsync(IPeerSource source, PeerQuery query, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var asking = AskWithoutLimitAsync(source, query, stop.Token);
        try
        {
            await asking.WaitAsync(SourceLimit, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!asking.IsCompleted)
        {
            Log.SourceSilent(_logger, source.Name, SourceLimit.TotalSeconds);
            await stop.CancelAsync().ConfigureAwait(false);
            Observe(asking);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Observe(asking);
            throw;
        }
        catch (Exception exception)
        {
            Log.SourceFailed(_logger, exception, source.Name);
        }
    }

    private async Task AskWithoutLimitAsync(IPeerSource source, PeerQuery query, CancellationToken cancellationToken)
    {
        long before;
        lock (_gate)
        {
            before = _stamp;
        }

        await foreach (var record in source.FindAsync(query, cancellationToken).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Report(source.Name, record);
        }

        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            // What another refresh has reported in the meantime is newer than this answer, and stays.
            WithdrawUnseenLocked(source.Name, before, record => query.Matches(record.Info));
        }
    }

    // A source that outlives its time ends some day, with an exception that concerns nobody.
    private static void Observe(Task asking) =>
        _ = asking.ContinueWith(
            static task => _ = task.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);

    private void ReportLocked(string source, PeerRecord record)
    {
        var instance = record.Info.Instance;
        var isNew = !_peers.TryGetValue(instance, out var peer);
        if (instance == _self || (isNew && _peers.Count >= MaxPeers))
        {
            return;
        }

        peer ??= _peers[instance] = new KnownPeer();
        var infoBefore = isNew ? null : peer.Merged.Info;
        peer.Add(source, record, ++_stamp);
        if (!peer.Merged.Info.Equals(infoBefore))
        {
            TellLocked(isNew ? PeerChangeKind.Joined : PeerChangeKind.Changed, peer.Merged.Info);
        }
    }

    private void WithdrawUnseenLocked(string source, long before, Func<PeerRecord, bool> isMeant)
    {
        var unseen = _peers
            .Where(peer => peer.Value.ReportOf(source) is { } record && peer.Value.StampOf(source) <= before && isMeant(record))
            .Select(peer => peer.Key);
        foreach (var instance in unseen.ToList())
        {
            WithdrawLocked(source, instance);
        }
    }

    private void WithdrawLocked(string source, Guid instance)
    {
        if (!_peers.TryGetValue(instance, out var peer))
        {
            return;
        }

        var infoBefore = peer.Merged.Info;
        peer.Remove(source);
        if (peer.IsForgotten)
        {
            _peers.Remove(instance);
            TellLocked(PeerChangeKind.Left, infoBefore);
        }
        else if (!peer.Merged.Info.Equals(infoBefore))
        {
            TellLocked(PeerChangeKind.Changed, peer.Merged.Info);
        }
    }

    private void TellLocked(PeerChangeKind kind, PeerInfo info)
    {
        Log.PeerChanged(_logger, info.Id.ToFriendlyString(), info.Instance, kind);
        var change = new PeerChange(kind, info);
        foreach (var watcher in _watchers)
        {
            watcher.Offer(change);
        }
    }
}
