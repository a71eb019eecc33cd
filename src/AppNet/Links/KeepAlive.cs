using Microsoft.Extensions.Logging;

namespace AppNet.Links;

/// <summary>
/// Notices silence on the links of one peer: asks for a sign of life, and gives up a link whose other side gives none. Any byte counts.
/// </summary>
/// <remarks>
/// Silence is counted in ticks of the own clock, each worth at most twice its period: a process that was stopped, suspended or starved
/// does not accuse others of its own absence.
/// </remarks>
internal sealed class KeepAlive : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);

    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();

    // Guarded by _gate.
    private readonly List<Pulse> _pulses = [];

    // Guarded by _gate.
    private long _lastTick;

    // Guarded by _gate.
    private bool _isTicking;

    /// <summary>Makes it; the clock ticks while there are links.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where silence is reported.</param>
    public KeepAlive(TimeProvider time, ILogger logger)
    {
        _time = time;
        _logger = logger;
        _timer = time.CreateTimer(_ => Tick(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Begins to look after a link, until it is closed.</summary>
    /// <param name="link">The link.</param>
    public void Add(Link link)
    {
        lock (_gate)
        {
            _pulses.Add(new Pulse(link));
            if (!_isTicking)
            {
                _isTicking = true;
                _lastTick = _time.GetTimestamp();
                _ = _timer.Change(Period, Period);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Tick()
    {
        Pulse[] pulses;
        TimeSpan elapsed;
        var now = _time.GetTimestamp();
        lock (_gate)
        {
            elapsed = _time.GetElapsedTime(_lastTick, now);
            _lastTick = now;
            _ = _pulses.RemoveAll(pulse => pulse.Link.Closed.IsCompleted);
            if (_pulses.Count == 0)
            {
                _isTicking = false;
                _ = _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }

            pulses = [.. _pulses];
        }

        var step = elapsed < Period * 2 ? elapsed : Period * 2;
        foreach (var pulse in pulses)
        {
            Look(pulse, step, now);
        }
    }

    private void Look(Pulse pulse, TimeSpan step, long now)
    {
        var link = pulse.Link;
        link.CountBytes();
        link.TellDebugger();
        var receives = link.Receives;
        if (receives != pulse.Receives)
        {
            pulse.Receives = receives;
            link.NoteLife(receives, now);
            pulse.Silence = TimeSpan.Zero;
            pulse.HasPinged = pulse.IsSuspected = false;
            return;
        }

        pulse.Silence += step;
        if (pulse.Silence + (Period * 2) >= link.Silence.LostAfter && !link.IsRemoteDebugged)
        {
            // The link may have fallen silent up to a period before it was noticed, and the tick may be late: in time rather than exact.
            var message = $"{link.Remote.Id.ToFriendlyString()} has given no sign of life for {link.Silence.LostAfter.TotalSeconds:0.#} s.";
            link.Abort(new NetException(NetError.PeerLost, message));
        }
        else if (pulse.Silence >= link.Silence.DoubtAfter && !pulse.IsSuspected)
        {
            pulse.IsSuspected = true;
            Log.PeerSuspected(_logger, link.Remote.Id, pulse.Silence);
            link.Ping();
        }
        else if (pulse.Silence >= link.Silence.PingAfter && !pulse.HasPinged)
        {
            pulse.HasPinged = true;
            link.Ping();
        }
    }

    private sealed class Pulse(Link link)
    {
        public Link Link => link;

        public long Receives { get; set; } = -1;

        public TimeSpan Silence { get; set; }

        public bool HasPinged { get; set; }

        public bool IsSuspected { get; set; }
    }
}
