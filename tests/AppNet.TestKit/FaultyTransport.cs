using System.Globalization;
using System.Text;
using AppNet.Transport;

namespace AppNet.TestKit;

/// <summary>
/// A transport whose paths fail as a test decides. Chance (sizes of pieces, places of cuts) follows from a seed, which is in
/// <see cref="ToString"/>: print that in a failure message, and the run can be repeated.
/// </summary>
/// <param name="inner">The transport that carries the bytes.</param>
/// <param name="seed">Where chance begins.</param>
internal sealed class FaultyTransport(ITransport inner, int seed) : ITransport
{
    private readonly Lock _gate = new();

    // All guarded by _gate.
    private readonly List<FaultyDuplex> _duplexes = [];
    private readonly List<(int Count, TaskCompletionSource Seen)> _watchers = [];
    private Action<FaultyDuplex>? _opened;
    private IOException? _connectFailure;
    private TaskCompletionSource? _connectHold;

    /// <summary>Gets where chance began.</summary>
    public int Seed => seed;

    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <summary>Gets every path made so far, oldest first.</summary>
    public IReadOnlyList<FaultyDuplex> Duplexes
    {
        get
        {
            lock (_gate)
            {
                return [.. _duplexes];
            }
        }
    }

    /// <summary>Runs something on each path from now on, before anybody uses it: a fault from the first byte on.</summary>
    /// <param name="opened">What to do; null: nothing.</param>
    public void OnOpened(Action<FaultyDuplex>? opened)
    {
        lock (_gate)
        {
            _opened = opened;
        }
    }

    /// <summary>Fails every attempt to connect from now on.</summary>
    /// <param name="message">What the failure says; null: they succeed again.</param>
    public void FailConnects(string? message)
    {
        lock (_gate)
        {
            _connectFailure = message is null ? null : new IOException(message);
        }
    }

    /// <summary>Lets every attempt to connect wait from now on.</summary>
    public void HoldConnects()
    {
        lock (_gate)
        {
            _connectHold ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Lets attempts to connect go on.</summary>
    public void ReleaseConnects()
    {
        lock (_gate)
        {
            _connectHold?.TrySetResult();
            _connectHold = null;
        }
    }

    /// <summary>Waits until so many paths have been made.</summary>
    /// <param name="count">How many, those gone included.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The last of them.</returns>
    public async Task<FaultyDuplex> WaitForDuplexAsync(int count, CancellationToken cancellationToken)
    {
        Task seen;
        lock (_gate)
        {
            var watcher = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _watchers.Add((count, watcher));
            seen = watcher.Task;
            WakeWatchersLocked();
        }

        await seen.WaitAsync(cancellationToken);
        return Duplexes[count - 1];
    }

    /// <inheritdoc/>
    public IDuplexListener Listen(TransportAddress address) => new FaultyListener(inner.Listen(address), duplex => Open(duplex, isDialled: false));

    /// <inheritdoc/>
    public async ValueTask<IDuplex> ConnectAsync(TransportAddress address, CancellationToken cancellationToken)
    {
        Task? hold;
        lock (_gate)
        {
            hold = _connectHold?.Task;
        }

        if (hold is not null)
        {
            await hold.WaitAsync(cancellationToken);
        }

        lock (_gate)
        {
            if (_connectFailure is not null)
            {
                throw new IOException(_connectFailure.Message);
            }
        }

        return Open(await inner.ConnectAsync(address, cancellationToken), isDialled: true);
    }

    /// <summary>Returns what a failure message should say.</summary>
    /// <returns>The seed, and the state of every path.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"FaultyTransport over {Name}, seed {seed}:");
        var duplexes = Duplexes;
        for (int i = 0; i < duplexes.Count; i++)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  #{i} {duplexes[i]}");
        }

        return text.ToString();
    }

    private FaultyDuplex Open(IDuplex opened, bool isDialled)
    {
        lock (_gate)
        {
            var duplex = new FaultyDuplex(opened, unchecked(seed + (_duplexes.Count * 2)), isDialled);
            _opened?.Invoke(duplex);
            _duplexes.Add(duplex);
            WakeWatchersLocked();
            return duplex;
        }
    }

    private void WakeWatchersLocked()
    {
        foreach (var watcher in _watchers.Where(watcher => watcher.Count <= _duplexes.Count).ToList())
        {
            _watchers.Remove(watcher);
            watcher.Seen.TrySetResult();
        }
    }
}
