using System.Diagnostics;

namespace AppNet.Load.Measuring;

/// <summary>
/// Counts completed calls and their latencies while it is told to; before and after that the load runs uncounted. Safe
/// for use from many threads; allocates once per thread, never per call.
/// </summary>
internal sealed class CallMeter : IDisposable
{
    // One for each thread, so that callers do not contend for the counters of the harness.
    private readonly ThreadLocal<LatencyHistogram> _histograms = new(() => new(), trackAllValues: true);

    private volatile bool _running = true;
    private volatile bool _counting;

    private volatile bool _hasCounted;

    /// <summary>Gets whether any call was counted.</summary>
    public bool HasCounted => _hasCounted;

    /// <summary>Gets whether callers go on calling.</summary>
    public bool IsRunning => _running;

    /// <summary>Reports calls that have just completed.</summary>
    /// <param name="started">The <see cref="Stopwatch"/> timestamp at which they began.</param>
    /// <param name="calls">How many there were.</param>
    /// <returns>The timestamp now, at which the caller's next call begins.</returns>
    public long Completed(long started, int calls)
    {
        var now = Stopwatch.GetTimestamp();
        if (_counting)
        {
            _histograms.Value!.Record(now - started, calls);
            if (!_hasCounted)
            {
                _hasCounted = true;
            }
        }

        return now;
    }

    /// <summary>Begins to count.</summary>
    public void StartCounting() => _counting = true;

    /// <summary>Ends counting; the load goes on.</summary>
    public void StopCounting() => _counting = false;

    /// <summary>Tells the callers to end after the calls that are in flight.</summary>
    public void Stop() => _running = false;

    /// <summary>Gathers what was counted, once all callers have ended.</summary>
    /// <returns>The latencies of all threads.</returns>
    public LatencyHistogram Gather()
    {
        var all = new LatencyHistogram();
        foreach (var histogram in _histograms.Values)
        {
            all.Add(histogram);
        }

        return all;
    }

    /// <inheritdoc/>
    public void Dispose() => _histograms.Dispose();
}
