using System.Runtime.CompilerServices;
using AppNet.Discovery;

namespace AppNet.Peers;

/// <summary>
/// Answers who is there. The first question waits until every source has answered; from then on the sources are asked again
/// every second while somebody watches, and otherwise only when a question says so. Safe for use from many threads.
/// </summary>
internal sealed class PeerFinder : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly PeerTable _peers;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();

    // Taken while the source is there: it is asked for also when the peer has just stopped.
    private readonly CancellationToken _stopping;
    private readonly Lock _gate = new();

    // Guarded by _gate. The first look at each kind of source: all of them, and those of this host.
    private Task? _first;

    // Guarded by _gate.
    private Task? _firstOnHost;

    // Guarded by _gate.
    private Task _loop = Task.CompletedTask;

    // Guarded by _gate. Whether the loop will look again at whether somebody watches. Its task may end a little later.
    private bool _isLooping;

    // Guarded by _gate.
    private int _watchers;

    /// <summary>Makes a finder, which asks nobody yet.</summary>
    /// <param name="peers">The table that it fills.</param>
    /// <param name="time">The clock.</param>
    public PeerFinder(PeerTable peers, TimeProvider time)
    {
        _peers = peers;
        _time = time;
        _stopping = _stop.Token;
    }

    /// <summary>Finds peers.</summary>
    /// <param name="query">Which ones.</param>
    /// <param name="refresh">Whether the sources are asked again.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The peers, in no order.</returns>
    /// <exception cref="NetException">This peer has stopped.</exception>
    public async Task<IReadOnlyList<PeerRecord>> FindAsync(PeerQuery query, bool refresh, CancellationToken cancellationToken)
    {
        try
        {
            await (refresh ? _peers.RefreshAsync(new PeerQuery { OnHost = query.OnHost }, cancellationToken) : FirstAsync(query.OnHost))
                .WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (HasStoppedUnasked(cancellationToken))
        {
            throw new NetException(NetError.Refused, "This peer has stopped.", exception);
        }

        return _peers.Snapshot(query);
    }

    /// <summary>Yields who is there and what changes, until the peer stops.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The changes.</returns>
    public async IAsyncEnumerable<PeerChange> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_stopping, cancellationToken);
        var changes = _peers.WatchAsync(either.Token).GetAsyncEnumerator(CancellationToken.None);
        await using var _ = changes.ConfigureAwait(false);
        BeginWatch();
        try
        {
            while (await MoveNextAsync(changes, cancellationToken).ConfigureAwait(false))
            {
                yield return changes.Current;
            }
        }
        finally
        {
            EndWatch();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        Task loop;
        lock (_gate)
        {
            loop = _loop;
        }

        await loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private static async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<PeerChange> changes, CancellationToken cancellationToken)
    {
        try
        {
            return await changes.MoveNextAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }

    private bool HasStoppedUnasked(CancellationToken cancellationToken) =>
        _stopping.IsCancellationRequested && !cancellationToken.IsCancellationRequested;

    private Task FirstAsync(bool onHost)
    {
        lock (_gate)
        {
            if (onHost)
            {
                // A look at all sources that is still under way may wait for the network.
                return _firstOnHost ??= _first is { IsCompleted: true } all
                    ? all
                    : _peers.RefreshAsync(new PeerQuery { OnHost = true }, _stopping);
            }

            return _first ??= _peers.RefreshAsync(new PeerQuery(), _stopping);
        }
    }

    private void BeginWatch()
    {
        lock (_gate)
        {
            _watchers++;
            if (!_isLooping)
            {
                _isLooping = true;
                _loop = Task.Run(LoopAsync);
            }
        }
    }

    private void EndWatch()
    {
        lock (_gate)
        {
            _watchers--;
        }
    }

    private async Task LoopAsync()
    {
        using var timer = new PeriodicTimer(Interval, _time);
        do
        {
            await _peers.RefreshAsync(new PeerQuery { IsRoutine = true }, _stopping).ConfigureAwait(false);
            await timer.WaitForNextTickAsync(_stopping).ConfigureAwait(false);
        }
        while (GoesOn());
    }

    private bool GoesOn()
    {
        lock (_gate)
        {
            _isLooping = _watchers > 0;
            return _isLooping;
        }
    }
}
