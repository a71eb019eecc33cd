using Microsoft.Extensions.Logging;

namespace AppNet.Peers;

/// <summary>
/// Reports who was refused a link, at a limited rate: the first one at once, those after it as a count, once per period. So a stranger
/// that knocks all day fills no disk. Safe for use from many threads.
/// </summary>
internal sealed class RefusalLog : IDisposable
{
    /// <summary>How often a line is written, at most.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();

    // Guarded by _gate. Whether the timer runs, as a line was written less than a period ago.
    private bool _isQuiet;

    // Guarded by _gate. Those not reported yet, and the last of them.
    private int _count;
    private string _remote = "";
    private string _reason = "";

    /// <summary>Makes it.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where it reports.</param>
    public RefusalLog(TimeProvider time, ILogger logger)
    {
        _logger = logger;
        _timer = time.CreateTimer(static state => ((RefusalLog)state!).Summarise(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Takes note of somebody who was refused.</summary>
    /// <param name="remote">Who.</param>
    /// <param name="reason">Why.</param>
    public void Add(string remote, string reason)
    {
        lock (_gate)
        {
            if (_isQuiet)
            {
                _count++;
                (_remote, _reason) = (remote, reason);
                return;
            }

            BeQuietLocked();
        }

        Log.StrangerRefused(_logger, remote, reason);
    }

    /// <summary>Reports what is left.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        Summarise();
    }

    private void Summarise()
    {
        int count;
        string remote, reason;
        lock (_gate)
        {
            (count, remote, reason) = (_count, _remote, _reason);
            _count = 0;
            if (count > 0)
            {
                BeQuietLocked();
            }
            else
            {
                _isQuiet = false;
            }
        }

        if (count > 0)
        {
            Log.StrangersRefused(_logger, count, Period, remote, reason);
        }
    }

    private void BeQuietLocked()
    {
        _isQuiet = true;
        _ = _timer.Change(Period, Timeout.InfiniteTimeSpan);
    }
}
