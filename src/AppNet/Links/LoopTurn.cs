namespace AppNet.Links;

/// <summary>
/// One thread's time as the owner of a link's read loop. While user code runs on it, the turn can be taken over: the loop then goes on
/// elsewhere, and this thread leaves it as soon as the user code returns. What the link itself does with a frame is never overtaken by
/// the next one.
/// </summary>
/// <remarks>
/// <c>_state</c> is odd while user code runs, else even, and <see cref="TakenOver"/> at the end. The owner alone makes
/// it odd, by a plain store, as nobody takes over an even one. Out of an odd value it goes by compare-and-swap only, of the
/// owner (the user code has returned) or of the one who takes over; so exactly one of them owns the loop afterwards, and what the owner
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

    /// <summary>Gets whether somebody else owns the loop.</summary>
    public bool IsTakenOver => Volatile.Read(ref _state) == TakenOver;

    /// <summary>
    /// Says that user code runs from here on, so that a loop on this thread may be taken over. What the code uses of the loop's is only
    /// the frame that it runs for.
    /// </summary>
    public static void BeginUserCode() => _current?.Begin();

    /// <summary>Says that the user code has returned. The loop may now belong to somebody else.</summary>
    public static void EndUserCode() => _current?.End();

    /// <summary>Looks whether the same user code runs as at the last look. For the watch's thread alone.</summary>
    /// <returns>Whether it is.</returns>
    public bool IsStuck()
    {
        var state = Volatile.Read(ref _state);
        var isStuck = state == Seen && (state & 1) == 1 && state != TakenOver;
        Seen = state;
        return isStuck;
    }

    /// <summary>Takes the loop over, if the same user code still runs as at the last look, and flushes what was deferred.</summary>
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

    private void Begin()
    {
        if (!IsTakenOver)
        {
            Volatile.Write(ref _state, _state + 1);
        }
    }

    private void End()
    {
        var running = Volatile.Read(ref _state);
        if (running != TakenOver)
        {
            _ = Interlocked.CompareExchange(ref _state, running + 1, running);
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
