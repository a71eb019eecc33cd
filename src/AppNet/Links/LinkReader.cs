using AppNet.Transport;
using AppNet.Wire;

namespace AppNet.Links;

/// <summary>
/// A link's read loop: receives, hands each frame to its owner, and after all that arrived together sends what the handling
/// queued. Functions and the callers' continuations run on it.
/// </summary>
/// <remarks>
/// <para>The loop is a baton: exactly one holder at any time. It is held by the wait for something to arrive (which needs no thread and no
/// buffer), by a turn on a thread, and passed on: a link that is idle waits asynchronously; a link with much traffic keeps a thread of its
/// own, which looks again before it blocks; a turn that a function holds is taken over by <see cref="LoopWatch"/>.</para>
/// <para>While the thread pool has no free thread, the wait can't end by itself; then <see cref="ReadWithoutPool"/> borrows the
/// baton from it.</para>
/// </remarks>
internal sealed class LinkReader : IThreadPoolWorkItem
{
    private const int BurstsBeforeThread = 16;

    // How often the time is looked at while frames are handled.
    private const int FramesPerLook = 16;

    // No wait is under way: some turn has the baton.
    private const int WaitNone = 0;

    // A wait is under way and has the baton.
    private const int WaitHolds = 1;

    // A wait is under way, and the baton is borrowed from it: no second wait may begin.
    private const int WaitLends = 2;

    // What the handling of frames queues is sent after so long, though more frames have arrived: docs/performance.md.
    private static readonly TimeSpan LongestHold = TimeSpan.FromMicroseconds(50);

    private static readonly TimeSpan ThreadIdle = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BurstGap = TimeSpan.FromMilliseconds(2);

    private readonly IDuplex _duplex;
    private readonly IFrameSink _sink;
    private readonly LinkThreads _threads;
    private readonly SpinPolicy _spin;

    // Owned by the holder of the baton.
    private ReceiveBuffer _buffer;

    // Owned by the holder of the baton. The last turn; null before the first.
    private LoopTurn? _turn;

    // Owned by the holder of the baton.
    private int _quickBursts;

    // Owned by the holder of the baton.
    private long _lastBurst;

    // Owned by the holder of the baton: whether it may block its thread.
    private bool _hasThread;

    // One of the Wait… values: where the baton lies, seen from the wait.
    private int _wait;

    // What went wrong in the handling of a frame after its turn was taken over.
    private Exception? _failure;

    private long _receives;
    private long _bytes;

    /// <summary>Makes a reader.</summary>
    /// <param name="duplex">Where the bytes come from.</param>
    /// <param name="sink">Who handles the frames.</param>
    /// <param name="threads">The threads to run on.</param>
    /// <param name="maxFrame">The longest frame that may come.</param>
    /// <param name="received">What has been received already.</param>
    public LinkReader(IDuplex duplex, IFrameSink sink, LinkThreads threads, int maxFrame, ReadOnlySpan<byte> received)
    {
        _duplex = duplex;
        _sink = sink;
        _threads = threads;
        _spin = new SpinPolicy(threads.SpinTime);
        _buffer = new ReceiveBuffer(maxFrame, received);
    }

    private enum TurnEnd
    {
        /// <summary>Nothing more has arrived.</summary>
        Idle,

        /// <summary>Somebody else owns the loop.</summary>
        TakenOver,

        /// <summary>Nothing more will arrive.</summary>
        Over,
    }

    /// <summary>Gets a number that grows with every receive: a sign of life.</summary>
    public long Receives => Volatile.Read(ref _receives);

    /// <summary>Gets the number of bytes received.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Begins to read. Called once.</summary>
    public void Start()
    {
        _threads.Watch.Add(this);
        if (_threads.TryTakeThread())
        {
            _hasThread = true;
            _threads.Workers.Run(this);
        }
        else
        {
            _ = ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    /// <summary>Runs a turn, with the baton in hand. Called by the threads that the reader is given to.</summary>
    public void Execute()
    {
        try
        {
            while (RunTurn())
            {
            }
        }
        catch (Exception exception)
        {
            End(exception);
        }
    }

    /// <summary>Goes on where a turn was taken over. Called by who took it over, who has the baton.</summary>
    /// <returns>The work for a thread.</returns>
    public IThreadPoolWorkItem TakeOver()
    {
        // The frame that is being handled keeps the old memory, which is left to it.
        _buffer = _buffer.Split();
        _sink.OnHeldUp();
        if (!_hasThread)
        {
            _hasThread = true;
            _threads.TakeThread();
        }

        return this;
    }

    /// <summary>Handles what has arrived, if the baton lies with a wait whose end the thread pool doesn't deliver.</summary>
    public void ReadWithoutPool()
    {
        if (Interlocked.CompareExchange(ref _wait, WaitLends, WaitHolds) == WaitHolds)
        {
            Execute();
        }
    }

    /// <summary>Runs a turn, then passes the baton on.</summary>
    /// <returns>Whether the baton came back at once, for another turn.</returns>
    private bool RunTurn()
    {
        // Used again, turn after turn, unless somebody took it over: then a thread still holds it.
        var turn = _turn is { IsTakenOver: false } last ? last : _turn = new LoopTurn(this);
        _threads.Watch.Enter(turn);
        var outer = turn.EnterThread();
        TurnEnd end;
        try
        {
            end = Loop(turn);
        }
        finally
        {
            // When this link fails, what its functions have queued on others is still sent.
            turn.FlushDeferred();
            LoopTurn.Exit(outer);
            _threads.Watch.Leave(turn);
        }

        if (end == TurnEnd.Over)
        {
            End(exception: null);
        }

        return end == TurnEnd.Idle && PassOn();
    }

    private TurnEnd Loop(LoopTurn turn)
    {
        while (true)
        {
            if (!HandleArrived(turn))
            {
                return TurnEnd.TakenOver;
            }

            var count = Receive();
            if (count <= 0)
            {
                return count == 0 ? TurnEnd.Over : TurnEnd.Idle;
            }

            _buffer.Commit(count);
            Volatile.Write(ref _receives, _receives + 1);
            Volatile.Write(ref _bytes, _bytes + count);
        }
    }

    /// <summary>Handles all whole frames, and sends what that queued: at the end, and in between when that takes long.</summary>
    /// <returns>False when the turn was taken over.</returns>
    private bool HandleArrived(LoopTurn turn)
    {
        if (_buffer.IsEmpty)
        {
            return true;
        }

        turn.BeginBatch();
        _threads.Watch.Wake();
        var buffer = _buffer;
        var heldSince = _threads.Time.GetTimestamp();
        for (var handled = 1; buffer.TryTake(out var frame); handled++)
        {
            if (!Handle(in frame, turn))
            {
                return false;
            }

            // Else the two ends of a link with much traffic take turns, each idle until the other's whole batch is handled.
            if (handled % FramesPerLook == 0 && _threads.Time.GetElapsedTime(heldSince) > LongestHold)
            {
                turn.FlushDeferred();
                heldSince = _threads.Time.GetTimestamp();
            }
        }

        turn.FlushDeferred();
        turn.EndBatch();
        return true;
    }

    /// <summary>Hands a frame over, during which the turn may be taken over.</summary>
    /// <returns>False when it was.</returns>
    private bool Handle(in Frame frame, LoopTurn turn)
    {
        try
        {
            _sink.OnFrame(in frame);
        }
        catch (Exception exception) when (turn.IsTakenOver)
        {
            // Somebody else has the baton, so it is not for this thread to end the loop.
            _ = Interlocked.CompareExchange(ref _failure, exception, comparand: null);
            _duplex.Dispose();
        }

        return !turn.IsTakenOver;
    }

    private int Receive()
    {
        var room = _buffer.GetRoom();
        var count = _duplex.Receive(room, TimeSpan.Zero);
        if (count >= 0 || !_hasThread)
        {
            return count;
        }

        count = _spin.Receive(_duplex, room);
        return count >= 0 ? count : _spin.Block(_duplex, room, ThreadIdle);
    }

    /// <summary>Passes the baton on.</summary>
    /// <returns>Whether it came back at once.</returns>
    private bool PassOn()
    {
        var hadThread = _hasThread;
        GiveUpThread();
        if (!hadThread && IsBusy() && _threads.TryTakeThread())
        {
            _hasThread = true;
            _threads.Workers.Run(this);
            return false;
        }

        // From the swap on somebody else may have the baton: nothing of the holder's is touched after it.
        _buffer.Release();
        if (Interlocked.CompareExchange(ref _wait, WaitHolds, WaitLends) != WaitNone)
        {
            return false;
        }

        Volatile.Write(ref _wait, WaitHolds);
        return BeginWait();
    }

    private void GiveUpThread()
    {
        if (_hasThread)
        {
            _hasThread = false;
            _threads.ReturnThread();
        }
    }

    /// <summary>Tells whether bursts have followed each other so quickly that a thread of its own is worth it.</summary>
    private bool IsBusy()
    {
        var now = _threads.Time.GetTimestamp();
        _quickBursts = _threads.Time.GetElapsedTime(_lastBurst, now) < BurstGap ? _quickBursts + 1 : 0;
        _lastBurst = now;
        return _quickBursts >= BurstsBeforeThread;
    }

    /// <summary>Begins to wait until something arrives.</summary>
    /// <returns>Whether something had arrived already: a turn follows on this thread, not deeper in its stack.</returns>
    private bool BeginWait()
    {
        try
        {
            var wait = _duplex.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
            if (wait.IsCompletedSuccessfully)
            {
                _ = wait.Result;
                return EndWait(failure: null);
            }

            _ = WaitAsync(wait);
            return false;
        }
        catch (Exception exception)
        {
            return EndWait(exception);
        }
    }

    /// <summary>Waits until something arrives. Its failures end the loop, so nobody needs to await it.</summary>
    private async Task WaitAsync(ValueTask<int> wait)
    {
        Exception? failure = null;
        try
        {
            _ = await wait.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        if (EndWait(failure))
        {
            Execute();
        }
    }

    /// <summary>Takes the baton back from the wait that has ended.</summary>
    /// <returns>Whether it is the caller's; else it was borrowed, or the loop has ended.</returns>
    private bool EndWait(Exception? failure)
    {
        if (Interlocked.Exchange(ref _wait, WaitNone) == WaitLends)
        {
            return false;
        }

        if (failure is not null)
        {
            End(failure);
        }

        return failure is null;
    }

    private void End(Exception? exception)
    {
        GiveUpThread();
        _threads.Watch.Remove(this);
        _sink.OnEnd(Volatile.Read(ref _failure) ?? exception);
    }
}
