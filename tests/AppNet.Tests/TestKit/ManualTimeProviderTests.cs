using AppNet.TestKit;
using Xunit;

namespace AppNet.Tests.TestKit;

public sealed class ManualTimeProviderTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Time_stands_still_until_it_is_moved()
    {
        var start = _time.GetUtcNow();
        long timestamp = _time.GetTimestamp();

        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(start.AddSeconds(5), _time.GetUtcNow());
        Assert.Equal(TimeSpan.FromSeconds(5), _time.GetElapsedTime(timestamp));
    }

    [Fact]
    public void Timers_fire_in_order_each_at_its_own_time()
    {
        var fired = new List<(string Name, TimeSpan At)>();
        using var late = _time.CreateTimer(_ => fired.Add(("late", _time.Elapsed)), null, TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);
        using var every = _time.CreateTimer(_ => fired.Add(("every", _time.Elapsed)), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));

        _time.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal(
            [("every", TimeSpan.FromSeconds(1)), ("late", TimeSpan.FromSeconds(3)), ("every", TimeSpan.FromSeconds(3))],
            fired);
        Assert.Equal(1, _time.ScheduledTimers);
    }

    [Fact]
    public void A_timer_may_change_itself_and_a_disposed_one_is_silent()
    {
        int fired = 0;
        ITimer? timer = null;
        timer = _time.CreateTimer(
            _ =>
            {
                fired++;
                timer!.Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
            },
            null,
            TimeSpan.FromSeconds(1),
            Timeout.InfiniteTimeSpan);

        _time.Advance(TimeSpan.FromSeconds(3));
        timer.Dispose();
        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(3, fired);
        Assert.False(timer.Change(TimeSpan.Zero, TimeSpan.Zero));
    }

    [Fact]
    public async Task What_waits_by_it_can_be_waited_for_and_woken()
    {
        var scheduled = _time.WaitForTimerAsync(TimeSpan.FromMinutes(1));
        var delay = Task.Delay(TimeSpan.FromMinutes(1), _time, TestContext.Current.CancellationToken);
        await scheduled;
        Assert.False(delay.IsCompleted);

        Assert.Equal(TimeSpan.FromMinutes(1), _time.AdvanceToNextTimer());

        await delay;
        Assert.Null(_time.AdvanceToNextTimer());
    }

    [Fact]
    public async Task A_cancellation_source_goes_by_it()
    {
        using var source = new CancellationTokenSource(TimeSpan.FromSeconds(2), _time);
        Assert.Equal(TimeSpan.FromSeconds(2), await _time.WaitForTimerAsync());

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(source.IsCancellationRequested);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(source.IsCancellationRequested);
    }
}
