using Microsoft.Extensions.Logging;

namespace AppNet.Calls;

/// <summary>
/// Reports, once each, the calls that have waited for 30 s: there is no deadline by default, so a function that never ends should be
/// seen somewhere. Looks every 5 s while there are links.
/// </summary>
internal sealed class SlowCallWatch : IDisposable
{
    private const int TicksUntilSlow = 6;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();

    // Guarded by _gate.
    private readonly List<CallTable> _tables = [];

    private int _tick;

    /// <summary>Makes the watch.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where it reports.</param>
    public SlowCallWatch(TimeProvider time, ILogger logger)
    {
        _logger = logger;
        _timer = time.CreateTimer(_ => Look(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Gets the number of looks so far: a clock that is coarse and free to read.</summary>
    public int Tick => Volatile.Read(ref _tick);

    /// <summary>Begins to look after a link's calls.</summary>
    /// <param name="table">The calls.</param>
    public void Add(CallTable table)
    {
        lock (_gate)
        {
            _tables.Add(table);
            if (_tables.Count == 1)
            {
                _ = _timer.Change(Period, Period);
            }
        }
    }

    /// <summary>Ends looking after a link's calls.</summary>
    /// <param name="table">The calls.</param>
    public void Remove(CallTable table)
    {
        lock (_gate)
        {
            _ = _tables.Remove(table);
            if (_tables.Count == 0)
            {
                _ = _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        CallTable[] tables;
        lock (_gate)
        {
            tables = [.. _tables];
        }

        // A call that began during tick n has waited for 30 s, at least, when tick n + 7 begins.
        var tick = Interlocked.Increment(ref _tick);
        foreach (var table in tables)
        {
            foreach (var tag in table.TakeSlow(tick - TicksUntilSlow))
            {
                Log.CallPendingLong(_logger, tag, table.Link.Remote.Id, Period * TicksUntilSlow);
            }
        }
    }
}
