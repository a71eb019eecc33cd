using AppNet.Links;
using AppNet.TestKit;
using Xunit;

namespace AppNet.Tests.Links;

public sealed class PatienceTests
{
    [Fact]
    public void It_ends_when_the_time_is_over()
    {
        var time = new ManualTimeProvider();
        using var patience = new Patience(TimeSpan.FromSeconds(2), time);

        time.Advance(TimeSpan.FromSeconds(1.99));
        Assert.False(patience.Token.IsCancellationRequested);
        time.Advance(TimeSpan.FromSeconds(0.01));

        Assert.True(patience.Token.IsCancellationRequested);
    }

    [Fact]
    public void It_can_be_extended_while_it_lasts()
    {
        var time = new ManualTimeProvider();
        using var patience = new Patience(TimeSpan.FromSeconds(2), time);
        time.Advance(TimeSpan.FromSeconds(1.9));

        patience.Extend(TimeSpan.FromSeconds(5));

        time.Advance(TimeSpan.FromSeconds(3));
        Assert.False(patience.Token.IsCancellationRequested);
        time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(patience.Token.IsCancellationRequested);
    }

    [Fact]
    public void Time_in_which_this_process_did_not_run_does_not_count()
    {
        var time = new LeapingTime();
        using var patience = new Patience(TimeSpan.FromSeconds(2), time);

        time.Leap(TimeSpan.FromMinutes(1));

        Assert.False(patience.Token.IsCancellationRequested);
        for (var i = 0; i < 18; i++)
        {
            time.Leap(TimeSpan.FromMilliseconds(100));
        }

        Assert.True(patience.Token.IsCancellationRequested);
    }

    /// <summary>A clock whose one timer fires once, however far it leaps: the process was stopped.</summary>
    private sealed class LeapingTime : TimeProvider
    {
        private long _now;
        private TimerCallback _callback = null!;
        private object? _state;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _callback = callback;
            _state = state;
            return new ManualTimeProvider().CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public void Leap(TimeSpan by)
        {
            _now += by.Ticks;
            _callback(_state);
        }
    }
}
