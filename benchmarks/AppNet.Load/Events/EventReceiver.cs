using System.Diagnostics;
using AppNet.Load.Measuring;

namespace AppNet.Load.Events;

/// <summary>
/// One subscriber: counts what is delivered, and finds every gap. Events are handed in one at a time, the rest is for any thread.
/// </summary>
/// <param name="plan">How the events are raised.</param>
internal sealed class EventReceiver(EventPlan plan)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly LatencyHistogram _delays = new();
    private long _received;
    private volatile bool _isCounting;
    private volatile string? _problem;

    /// <summary>Gets how many were delivered.</summary>
    public long Received => Volatile.Read(ref _received);

    /// <summary>Gets the delays that were measured, once the events have ended.</summary>
    public LatencyHistogram Delays => _delays;

    /// <summary>Sets whether delays are kept.</summary>
    public bool IsCounting
    {
        set => _isCounting = value;
    }

    /// <summary>Takes an event.</summary>
    /// <param name="value">Its int.</param>
    public void Receive(int value)
    {
        var number = _received;
        if (!EventNumber.IsOf(value, number))
        {
            _problem ??= $"event {number} did not come, but one whose number ends in {value & 1023}";
        }

        if (_isCounting && number % plan.Batch == 0)
        {
            _delays.Record(EventNumber.Delay(value, Stopwatch.GetTimestamp()) * (Stopwatch.Frequency / 1_000_000), calls: 1);
        }

        Volatile.Write(ref _received, number + 1);
    }

    /// <summary>Waits until all events have come.</summary>
    /// <param name="total">How many were raised.</param>
    /// <param name="timeout">For how long.</param>
    /// <returns>What is wrong; null when every single one has come.</returns>
    public async Task<string?> CheckAsync(long total, TimeSpan timeout)
    {
        var started = Stopwatch.GetTimestamp();
        while (_problem is null && Received < total && Stopwatch.GetElapsedTime(started) < timeout)
        {
            await Task.Delay(Pause, TimeProvider.System);
        }

        return _problem ?? (Received == total ? null : $"{Received} of {total} events came");
    }
}
