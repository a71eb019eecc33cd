using System.Diagnostics.CodeAnalysis;

namespace AppNet.Links;

/// <summary>
/// How long the other side of a handshake is waited for, as a token. The time is counted in steps of the own clock, each worth at most
/// twice its period: a process that was stopped or starved does not blame others for its own absence.
/// </summary>
internal sealed class Patience : IDisposable
{
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromMilliseconds(100);

    [SuppressMessage("Usage", "CA2213", Justification = "It has no timer of its own, and the last tick of this one may still cancel it.")]
    private readonly CancellationTokenSource _over = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan _period;
    private readonly ITimer _timer;

    // In ticks of TimeSpan; may be raised while the time runs.
    private long _limit;

    // Both belong to the timer, which does not overtake itself by more than a step.
    private long _waited;
    private long _lastTick;

    /// <summary>Begins to wait.</summary>
    /// <param name="limit">How long.</param>
    /// <param name="time">The clock.</param>
    public Patience(TimeSpan limit, TimeProvider time)
    {
        _time = time;
        _limit = limit.Ticks;
        _period = TimeSpan.FromTicks(Math.Clamp(limit.Ticks / 20, TimeSpan.TicksPerMillisecond, LongestPeriod.Ticks));
        _lastTick = time.GetTimestamp();
        _timer = time.CreateTimer(static state => ((Patience)state!).Tick(), this, _period, _period);
    }

    /// <summary>Gets the token that ends when the time is over.</summary>
    public CancellationToken Token => _over.Token;

    /// <summary>Gets the limit.</summary>
    public TimeSpan Limit => new(Volatile.Read(ref _limit));

    /// <summary>Sets another limit, counted from the beginning.</summary>
    /// <param name="limit">The limit.</param>
    public void Extend(TimeSpan limit) => Volatile.Write(ref _limit, limit.Ticks);

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Tick()
    {
        var now = _time.GetTimestamp();
        var elapsed = _time.GetElapsedTime(Interlocked.Exchange(ref _lastTick, now), now);
        var step = Math.Min(elapsed.Ticks, 2 * _period.Ticks);
        if (Interlocked.Add(ref _waited, step) >= Volatile.Read(ref _limit))
        {
            _timer.Dispose();
            _over.Cancel();
        }
    }
}
