namespace AppNet.TestKit;

/// <summary>
/// Time that stands still until a test moves it. Timers fire inside <see cref="Advance"/>, on the caller's thread, in the
/// order in which they are due, each at its own time. Safe for use from many threads.
/// </summary>
public sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly DateTimeOffset _start;

    // All guarded by _gate.
    private readonly List<ManualTimer> _timers = [];
    private readonly List<(Func<TimeSpan, bool> Wanted, TaskCompletionSource<TimeSpan> Seen)> _watchers = [];
    private TimeSpan _elapsed;
    private long _lastSequence;

    /// <summary>Begins at a time.</summary>
    /// <param name="start">The time; by default the first second of 2030, UTC.</param>
    public ManualTimeProvider(DateTimeOffset? start = null)
    {
        _start = start ?? new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Gets how much time has passed since the start.</summary>
    public TimeSpan Elapsed
    {
        get
        {
            lock (_gate)
            {
                return _elapsed;
            }
        }
    }

    /// <summary>Gets how many timers are waiting to fire.</summary>
    public int ScheduledTimers
    {
        get
        {
            lock (_gate)
            {
                return _timers.Count;
            }
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _start + Elapsed;

    /// <inheritdoc/>
    public override long GetTimestamp() => Elapsed.Ticks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves time on, firing the timers that fall due on the way, those included that these set.</summary>
    /// <param name="by">How far; not negative.</param>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        TimeSpan target = Elapsed + by;
        while (TakeNextDue(target) is { } timer)
        {
            timer.Fire();
        }
    }

    /// <summary>Moves time to where the next timer is due, and fires it.</summary>
    /// <returns>How far that was; null when no timer waits.</returns>
    public TimeSpan? AdvanceToNextTimer()
    {
        TimeSpan distance;
        lock (_gate)
        {
            if (_timers.Count == 0)
            {
                return null;
            }

            distance = _timers.Min(timer => timer.Due) - _elapsed;
        }

        Advance(distance);
        return distance;
    }

    /// <summary>Waits, in real time, until a timer is scheduled that is due in exactly this time from then.</summary>
    /// <param name="dueTime">The time left to it.</param>
    /// <returns>A task that ends then; at once when one is scheduled already.</returns>
    public Task WaitForTimerAsync(TimeSpan dueTime) => WaitForTimerAsync(left => left == dueTime);

    /// <summary>Waits, in real time, until a timer is scheduled.</summary>
    /// <param name="wanted">Which one, by the time left to it; null: any.</param>
    /// <returns>The time left; at once when such a timer is scheduled already.</returns>
    public Task<TimeSpan> WaitForTimerAsync(Func<TimeSpan, bool>? wanted = null)
    {
        wanted ??= static _ => true;
        lock (_gate)
        {
            foreach (var timer in _timers)
            {
                if (wanted(timer.Due - _elapsed))
                {
                    return Task.FromResult(timer.Due - _elapsed);
                }
            }

            var seen = new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously);
            _watchers.Add((wanted, seen));
            return seen.Task;
        }
    }

    internal void Schedule(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
            timer.Period = period;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                AddLocked(timer, _elapsed + dueTime);
            }
        }
    }

    internal void Unschedule(ManualTimer timer)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
        }
    }

    private ManualTimer? TakeNextDue(TimeSpan target)
    {
        lock (_gate)
        {
            var next = _timers.Where(timer => timer.Due <= target).OrderBy(timer => timer.Due).ThenBy(timer => timer.Sequence).FirstOrDefault();
            if (next is null)
            {
                _elapsed = TimeSpan.FromTicks(Math.Max(target.Ticks, _elapsed.Ticks));
                return null;
            }

            _timers.Remove(next);
            _elapsed = TimeSpan.FromTicks(Math.Max(next.Due.Ticks, _elapsed.Ticks));
            if (next.Period > TimeSpan.Zero)
            {
                AddLocked(next, next.Due + next.Period);
            }

            return next;
        }
    }

    private void AddLocked(ManualTimer timer, TimeSpan due)
    {
        timer.Due = due;
        timer.Sequence = ++_lastSequence;
        _timers.Add(timer);
        foreach (var watcher in _watchers.Where(watcher => watcher.Wanted(due - _elapsed)).ToList())
        {
            _watchers.Remove(watcher);
            watcher.Seen.TrySetResult(due - _elapsed);
        }
    }
}
