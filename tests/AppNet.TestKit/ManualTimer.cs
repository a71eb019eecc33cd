using System.Diagnostics.CodeAnalysis;

namespace AppNet.TestKit;

/// <summary>A timer of a <see cref="ManualTimeProvider"/>, which guards its fields.</summary>
/// <param name="owner">The time it goes by.</param>
/// <param name="callback">What it runs.</param>
/// <param name="state">What it hands over.</param>
[SuppressMessage("Usage", "CA2213", Justification = "Disposing a captured execution context does nothing.")]
internal sealed class ManualTimer(ManualTimeProvider owner, TimerCallback callback, object? state) : ITimer
{
    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private volatile bool _disposed;

    /// <summary>Gets or sets when it fires, as time since the start.</summary>
    public TimeSpan Due { get; set; }

    /// <summary>Gets or sets the time between firings; zero or less: once only.</summary>
    public TimeSpan Period { get; set; }

    /// <summary>Gets or sets what orders timers that are due at the same time: the earlier set goes first.</summary>
    public long Sequence { get; set; }

    /// <inheritdoc/>
    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (_disposed)
        {
            return false;
        }

        owner.Schedule(this, dueTime, period);
        return true;
    }

    /// <summary>Runs the callback, as the system's timers do, in the context the timer was made in.</summary>
    public void Fire()
    {
        if (_disposed)
        {
            return;
        }

        if (_context is null)
        {
            callback(state);
        }
        else
        {
            ExecutionContext.Run(_context, _ => callback(state), null);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        owner.Unschedule(this);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
