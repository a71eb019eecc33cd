namespace AppNet.Links;

/// <summary>
/// Sees to it that a function which holds a read loop's thread holds up nobody else: a loop that has handled the same frame
/// for one to two ticks goes on on another thread. It also answers for the thread pool: when the pool has no free thread, links
/// that wait for one are read from here, so that a ping is answered whatever user code does.
/// </summary>
/// <remarks>
/// One thread, which ticks while any loop handles frames and otherwise looks only at the pool, a few times a second. It never runs user
/// code.
/// </remarks>
internal sealed class LoopWatch : IDisposable
{
    private const int QuietTicksBeforeRest = 50;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly WorkerThreads _threads;
    private readonly WorkQueue _queue;
    private readonly PoolProbe _pool = new();

    // Guarded by _gate.
    private readonly List<LoopTurn> _turns = [];

    // Guarded by _gate.
    private readonly List<LinkReader> _readers = [];

    // Guarded by _gate.
    private bool _isStarted;

    // Used by the watch's thread alone. The last round; null before the first.
    private RescueRound? _rescue;

    private volatile bool _isResting;
    private volatile bool _isDisposed;

    /// <summary>Makes a watch.</summary>
    /// <param name="threads">Where loops that are taken over go on.</param>
    /// <param name="queue">Work that gets more threads when it does not move.</param>
    public LoopWatch(WorkerThreads threads, WorkQueue queue)
    {
        _threads = threads;
        _queue = queue;
    }

    /// <summary>Begins to watch a turn.</summary>
    /// <param name="turn">The turn, which begins.</param>
    public void Enter(LoopTurn turn)
    {
        lock (_gate)
        {
            _turns.Add(turn);
        }
    }

    /// <summary>Ends watching a turn.</summary>
    /// <param name="turn">The turn, which ends.</param>
    public void Leave(LoopTurn turn)
    {
        lock (_gate)
        {
            _ = _turns.Remove(turn);
        }
    }

    /// <summary>Says that a loop is busy; after <see cref="LoopTurn.BeginBatch"/>. Costs one read while the watch ticks.</summary>
    public void Wake()
    {
        if (_isResting)
        {
            _isResting = false;
            _ = _wake.Set();
        }
    }

    /// <summary>Adds a reader to those read from here when the pool has no thread for them.</summary>
    /// <param name="reader">The reader.</param>
    public void Add(LinkReader reader)
    {
        lock (_gate)
        {
            _readers.Add(reader);
            if (!_isStarted)
            {
                _isStarted = TryStart();
            }
        }
    }

    /// <summary>Removes a reader.</summary>
    /// <param name="reader">The reader.</param>
    public void Remove(LinkReader reader)
    {
        lock (_gate)
        {
            _ = _readers.Remove(reader);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isDisposed = true;
        _ = _wake.Set();
        lock (_gate)
        {
            if (!_isStarted)
            {
                _wake.Dispose();
            }
        }
    }

    /// <summary>Starts the thread. Without one links are unwatched; the next one that comes up tries again.</summary>
    private bool TryStart()
    {
        try
        {
            new Thread(Run) { IsBackground = true, Name = "AppNet watch", Priority = ThreadPriority.AboveNormal }.UnsafeStart();
            return true;
        }
        catch (Exception exception) when (exception is OutOfMemoryException or ThreadStartException)
        {
            return false;
        }
    }

    private void Run()
    {
        var stuck = new List<LoopTurn>();
        var quietTicks = 0;
        while (!_isDisposed)
        {
            quietTicks = Look(stuck) || _queue.HasWork ? 0 : quietTicks + 1;
            _queue.Look();
            if (quietTicks < QuietTicksBeforeRest)
            {
                _ = _wake.WaitOne(Tick);
            }
            else
            {
                TakeRest();
                quietTicks = 0;
            }

            if (_pool.IsStarved() && _rescue is not { IsUnderWay: true })
            {
                _threads.Run(_rescue = new RescueRound(SnapshotReaders()));
            }
        }
    }

    private void TakeRest()
    {
        // A loop says that it is busy, then looks at the flag; here the flag is set, then the loops are looked at. With a fence
        // between the two on both sides at least one sees the other.
        _isResting = true;
        Interlocked.MemoryBarrier();
        if (!IsAnyBusy())
        {
            _ = _wake.WaitOne(Rest);
        }

        _isResting = false;
    }

    /// <summary>Looks at each loop once, and takes over those that are stuck.</summary>
    /// <returns>Whether any loop has handled frames since the last look.</returns>
    private bool Look(List<LoopTurn> stuck)
    {
        var isBusy = false;
        lock (_gate)
        {
            foreach (var turn in _turns)
            {
                var before = turn.Seen;
                if (turn.IsStuck())
                {
                    stuck.Add(turn);
                }

                isBusy |= turn.Seen != before || turn.IsBusy;
            }
        }

        foreach (var turn in stuck)
        {
            if (turn.TryTakeOver())
            {
                Leave(turn);
                _threads.Run(turn.Reader.TakeOver());
            }
        }

        stuck.Clear();
        return isBusy;
    }

    private bool IsAnyBusy()
    {
        lock (_gate)
        {
            return _queue.HasWork || _turns.Exists(turn => turn.IsBusy);
        }
    }

    private LinkReader[] SnapshotReaders()
    {
        lock (_gate)
        {
            return [.. _readers];
        }
    }

    /// <summary>Reads once what has arrived on links that wait for the pool.</summary>
    private sealed class RescueRound(LinkReader[] readers) : IThreadPoolWorkItem
    {
        private int _done;

        // Used by the watch's thread alone: what was done at its last look.
        private int _seen = -1;

        /// <summary>Gets whether the round goes on: not when it is over, nor when a function has held it since the last look.</summary>
        public bool IsUnderWay
        {
            get
            {
                var done = Volatile.Read(ref _done);
                var hasMoved = done != _seen;
                _seen = done;
                return hasMoved && done <= readers.Length;
            }
        }

        public void Execute()
        {
            foreach (var reader in readers)
            {
                reader.ReadWithoutPool();
                Volatile.Write(ref _done, _done + 1);
            }

            Volatile.Write(ref _done, readers.Length + 1);
        }
    }
}
