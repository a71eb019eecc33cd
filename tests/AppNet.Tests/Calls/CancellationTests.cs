using AppNet.Links;
using AppNet.TestKit;
using AppNet.Tests.Links;
using Xunit;

namespace AppNet.Tests.Calls;

public sealed class CancellationTests
{
    [Fact]
    public async Task A_token_that_has_ended_before_sends_nothing()
    {
        await using var pair = LinkPair.Start();
        var runs = 0;
        pair.Far.Offer("run", () => { Interlocked.Increment(ref runs); });
        pair.Far.Offer("runs", () => runs);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => pair.Near.CallUntilAsync<int>("run", cancellationToken: new CancellationToken(canceled: true)).Within());

        Assert.Equal(0, await pair.Near.CallAsync<int>("runs").Within());
    }

    [Fact]
    public async Task Cancelling_ends_the_wait_here_and_tells_the_function_there()
    {
        await using var pair = LinkPair.Start();
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        pair.Far.Offer("wait", async (CancellationToken token) =>
        {
            using var registration = token.Register(told.SetResult);
            began.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        });
        using var source = new CancellationTokenSource();
        var call = pair.Near.Other.InvokeAsync("wait", cancellationToken: source.Token);
        await began.Task.Within();

        await source.CancelAsync();

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.Within());
        Assert.Equal(source.Token, cancelled.CancellationToken);
        Assert.True(call.IsCanceled);
        await told.Task.Within();
        await Soon.Until(() => pair.Far.Calls.Incoming.IsIdle, "the function has ended");
    }

    [Fact]
    public async Task Cancelling_does_not_wait_for_the_other_side()
    {
        await using var pair = LinkPair.Start(new LinkPairOptions { IsFaulty = true });
        using var source = new CancellationTokenSource();
        pair.NearPath.Sending.Hold();
        var call = pair.Near.CallUntilAsync<int>("never sent", cancellationToken: source.Token);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.Within());
    }

    [Fact]
    public async Task Cancelling_after_the_end_changes_nothing()
    {
        await using var pair = LinkPair.Start();
        pair.Far.Offer("one", () => 1);
        using var source = new CancellationTokenSource();
        var first = pair.Near.CallUntilAsync<int>("one", cancellationToken: source.Token);
        Assert.Equal(1, await first.Within());
        var second = pair.Near.CallUntilAsync<int>("one", cancellationToken: TestContext.Current.CancellationToken);

        await source.CancelAsync();

        Assert.Equal(1, await second.Within());
        Assert.Equal(1, await first);
    }

    [Fact]
    public async Task A_cancellation_that_crosses_the_answer_ends_each_call_one_way_or_the_other()
    {
        await using var pair = LinkPair.Start();
        pair.Far.Offer("same", (int x) => x);
        var answered = 0;

        for (var i = 0; i < 2_000; i++)
        {
            using var source = new CancellationTokenSource();
            var call = pair.Near.CallUntilAsync<int>("same", [i], source.Token);
            var cancel = Task.Run(source.Cancel, TestContext.Current.CancellationToken);
            try
            {
                Assert.Equal(i, await call.Within());
                answered++;
            }
            catch (OperationCanceledException cancelled)
            {
                Assert.Equal(source.Token, cancelled.CancellationToken);
            }

            await cancel;
        }

        Assert.True(pair.Near.Calls.Outgoing.IsEmpty);
        Assert.Equal(7, await pair.Near.CallAsync<int>("same", [7]).Within());
        Assert.InRange(answered, 0, 2_000);
    }

    [Fact]
    public async Task An_answer_that_nobody_waits_for_any_more_is_dropped()
    {
        await using var pair = LinkPair.Start();
        var gate = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        pair.Far.Offer("wait", () => gate.Task);
        pair.Far.Offer("one", () => 1);
        using var source = new CancellationTokenSource();
        var call = pair.Near.CallUntilAsync<int>("wait", cancellationToken: source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.Within());

        gate.SetResult(2);

        await Soon.Until(() => pair.Far.Calls.Incoming.IsIdle, "the function has ended");
        Assert.Equal(1, await pair.Near.CallAsync<int>("one").Within());
        Assert.False(pair.Near.Link.Closed.IsCompleted);
    }

    [Fact]
    public async Task The_last_pending_call_of_a_link_that_is_left_may_end_by_cancellation()
    {
        await using var pair = LinkPair.Start();
        var gate = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        pair.Far.Offer("wait", () => gate.Task);
        using var source = new CancellationTokenSource();
        var call = pair.Near.CallUntilAsync<int>("wait", cancellationToken: source.Token);
        var leaving = pair.Near.Link.LeaveAsync(Goodbye.Stopping, TestContext.Current.CancellationToken);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.Within());
        await leaving.Within();
        gate.SetResult(1);
    }

    [Fact]
    public async Task The_token_of_a_function_ends_when_its_callers_link_is_lost()
    {
        await using var pair = LinkPair.Start();
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        pair.Far.Offer("wait", async (CallContext context) =>
        {
            using var registration = context.CancellationToken.Register(told.SetResult);
            began.SetResult();
            await told.Task;
        });
        var call = pair.Near.Other.InvokeAsync("wait", cancellationToken: TestContext.Current.CancellationToken);
        await began.Task.Within();

        pair.Near.Link.Abort(new NetException(NetError.PeerLost, "cut"));

        Assert.Equal(NetError.PeerLost, (await Assert.ThrowsAsync<NetException>(() => call.Within())).Error);
        await told.Task.Within();
    }

    [Fact]
    public async Task A_deadline_passes_on_both_sides_by_the_clock_they_are_given()
    {
        var time = new ManualTimeProvider();
        await using var pair = LinkPair.Start(new LinkPairOptions { Time = time });
        var began = new TaskCompletionSource<TimeSpan?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        pair.Far.Offer("wait", async (CallContext context) =>
        {
            using var registration = context.CancellationToken.Register(told.SetResult);
            began.SetResult(context.TimeLeft);
            await told.Task;
        });
        var call = pair.Near.Other.With(TimeSpan.FromSeconds(3)).InvokeAsync("wait", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(TimeSpan.FromSeconds(3), await began.Task.Within());

        time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.False(call.IsCompleted);
        Assert.False(told.Task.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.2));

        Assert.Equal(NetError.TimedOut, (await Assert.ThrowsAsync<NetException>(() => call.Within())).Error);
        await told.Task.Within();
    }

    [Fact]
    public async Task A_deadline_that_did_not_pass_leaves_no_timer_behind()
    {
        var time = new ManualTimeProvider();
        await using var pair = LinkPair.Start(new LinkPairOptions { Time = time, DefaultTimeout = TimeSpan.FromSeconds(3) });
        pair.Far.Offer("one", (CancellationToken _) => 1);
        var timers = time.ScheduledTimers;

        Assert.Equal(1, await pair.Near.CallAsync<int>("one").Within());

        await Soon.Until(() => time.ScheduledTimers == timers, "both timers are gone");
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(1, await pair.Near.CallAsync<int>("one").Within());
    }

    [Fact]
    public async Task A_function_that_ends_by_the_deadline_counts_as_timed_out()
    {
        var time = new ManualTimeProvider();
        await using var pair = LinkPair.Start(new LinkPairOptions { Time = time });
        pair.Far.Offer("wait", (CancellationToken token) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token));
        var entries = pair.Far.Log;
        var call = pair.Near.Other.With(TimeSpan.FromSeconds(3)).InvokeAsync("wait", cancellationToken: TestContext.Current.CancellationToken);
        await Soon.Until(() => !pair.Far.Calls.Incoming.IsIdle, "the function runs");

        time.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal(NetError.TimedOut, (await Assert.ThrowsAsync<NetException>(() => call.Within())).Error);
        var failed = await entries.WaitForAsync(entry => entry.EventId.Name == "FunctionFailed", TestContext.Current.CancellationToken).Within();
        Assert.Equal(NetError.TimedOut, failed.Parameters["Error"]);
    }
}
