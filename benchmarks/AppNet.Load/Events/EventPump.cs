using System.Diagnostics;
using AppNet.Load.Systems;

namespace AppNet.Load.Events;

/// <summary>
/// Raises events in the server process until it is stopped: one after the other as fast as the subscribers take them, or at a pace.
/// </summary>
/// <param name="publisher">Raises them.</param>
/// <param name="plan">How.</param>
internal sealed class EventPump(IEventPublisher publisher, EventPlan plan)
{
    private volatile bool _isStopping;
    private Task<long> _raising = Task.FromResult(0L);

    /// <summary>Begins, on a thread of its own.</summary>
    public void Start() => _raising = Task.Factory.StartNew(
        RaiseAsync, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();

    /// <summary>Stops.</summary>
    /// <returns>How many events were raised in all.</returns>
    public Task<long> StopAsync()
    {
        _isStopping = true;
        return _raising;
    }

    private async Task<long> RaiseAsync()
    {
        var events = new int[plan.Batch];
        var next = 0L;
        var started = Stopwatch.GetTimestamp();
        using var never = new AutoResetEvent(initialState: false);
        while (!_isStopping)
        {
            if (plan.Interval is { } interval)
            {
                WaitUntil(started + (long)(next * interval.TotalSeconds * Stopwatch.Frequency), never);
            }

            var now = Stopwatch.GetTimestamp();
            for (var index = 0; index < events.Length; index++)
            {
                events[index] = EventNumber.Pack(next++, now);
            }

            await publisher.PublishAsync(events);
        }

        return next;
    }

    // A timed wait takes a little over a millisecond; what that adds up to is made good by a wait of half of one that polls. So no
    // event comes right after another.
    private static void WaitUntil(long due, WaitHandle never)
    {
        while (due - Stopwatch.GetTimestamp() is > 0 and var left)
        {
            if (left > Stopwatch.Frequency / 2_000)
            {
                never.WaitOne(1);
            }
            else
            {
                Thread.Yield();
            }
        }
    }
}
