namespace AppNet.Links;

/// <summary>
/// One thread's time as the owner of a link's read loop. While a frame is handled, which may run user code, the turn can be
/// taken over: the loop then goes on elsewhere, and this thread leaves it as soon as the handling returns.
/// </summary>
/// <remarks>
/// <c>_state</c> is even between frames, odd while one is handled, and <see cref="TakenOver"/> at the end. The owner alone makes
/// it odd, by a plain store, as nobody takes over an even one. Out of an odd value it goes by compare-and-swap only, of the
/// owner (the frame is handled) or of the one who takes over; so exactly one of them owns the loop afterwards, and what the owner
/// wrote before it made the state odd (the buffer's position) is seen by the other.
/// </remarks>
internal sealed class LoopTurn(LinkReader reader)
{
    private const long TakenOver = -1;

    [ThreadStatic]
    private static LoopTurn? _current;

    private readonly Lock _gate = new();

    // Guarded by _gate. The writers that got frames from this thread since the loop last flushed.
    private readonly List<LinkWriter> _deferred = [];

    // Guarded by _gate. Set when the turn is taken over: from then on nobody flushes for this thread.
    private bool _hasLeft;

    private long _state;

    private int _isBusy;

    /// <summary>Gets whether frames that have arrived are being handled.</summary>
    public bool IsBusy => Volatile.Read(ref _isBusy) != 0;

    /// <summary>Gets the reader whose loop it is.</summary>
    public LinkReader Reader => reader;

    /// <summary>Gets or sets the state as the watch saw it at its last look. Used by the watch's thread alone.</summary>
    public long Seen { get; set; }

    /// <summary>
    /// Leaves it to the loop that runs on this thread to flush a writer, after all frames that have arrived are handled.
    /// </summary>
    /// <param name="writer">The writer, which has the frame already.</param>
    /// <returns>False when no loop runs here, or no longer: then the caller flushes.</returns>
    public static bool TryDefer(LinkWriter writer) => _current is { } turn && turn.Defer(writer);

    /// <summary>Makes this turn the one of the current thread.</summary>
    /// <returns>The one that was, to be given to <see cref="Exit"/>.</returns>
    public LoopTurn? EnterThread()
    {
        var outer = _current;
        _current = this;
        return outer;
    }

    /// <summary>Ends the turn's time on the current thread.</summary>
    /// <param name="outer">What <see cref="EnterThread"/> returned.</param>
    public static void Exit(LoopTurn? outer) => _current = outer;

    /// <summary>Begins to handle what has arrived. A full fence: see <see cref="LoopWatch"/> on its rest.</summary>
    public void BeginBatch() => Interlocked.Exchange(ref _isBusy, 1);

    /// <summary>Ends handling what had arrived.</summary>
    public void EndBatch() => Volatile.Write(ref _isBusy, 0);

    /// <summary>Begins to handle a frame. The turn owns the loop.</summary>
    public void EnterFrame() => Volatile.Write(ref _state, _state + 1);

    /// <summary>Ends handling a frame.</summary>
    /// <returns>Whether the turn still owns the loop.</returns>
    public bool TryLeaveFrame()
    {
        var handling = Volatile.Read(ref _state);
        return handling != TakenOver && Interlocked.CompareExchange(ref _state, handling + 1, handling) == handling;
    }

    /// <summary>Looks whether the same frame is handled as at the last look. For the watch's thread alone.</summary>
    /// <returns>Whether it is.</returns>
    public bool IsStuck()
    {
        var state = Volatile.Read(ref _state);
        var isStuck = state == Seen && (state & 1) == 1 && state != TakenOver;
        Seen = state;
        return isStuck;
    }

    /// <summary>Takes the loop over, if the same frame is still handled as at the last look, and flushes what was deferred.</summary>
    /// <returns>Whether the loop is the caller's now.</returns>
    public bool TryTakeOver()
    {
        if (Interlocked.CompareExchange(ref _state, TakenOver, Seen) != Seen)
        {
            return false;
        }

        lock (_gate)
        {
            _hasLeft = true;
        }

        FlushDeferred();
        return true;
    }

    /// <summary>Sends what this thread's work has queued, on whichever links.</summary>
    public void FlushDeferred()
    {
        while (true)
        {
            LinkWriter writer;
            lock (_gate)
            {
                if (_deferred.Count == 0)
                {
                    return;
                }

                writer = _deferred[^1];
                _deferred.RemoveAt(_deferred.Count - 1);
            }

            writer.Flush();
        }
    }

    private bool Defer(LinkWriter writer)
    {
        lock (_gate)
        {
            if (_hasLeft)
            {
                return false;
            }

            if (!_deferred.Contains(writer))
            {
                _deferred.Add(writer);
            }

            return true;
        }
    }
}
