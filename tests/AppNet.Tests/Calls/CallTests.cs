using AppNet.Tests.Links;
using Xunit;

namespace AppNet.Tests.Calls;

public sealed class CallTests
{
    [Fact]
    public async Task A_call_is_answered_with_the_functions_value()
    {
        await using var pair = LinkPair.Start();
        pair.Far.Offer("multiply", (int a, int b = 5) => a * b);

        Assert.Equal(50, await pair.Near.CallAsync<int>("multiply", [5, 10]).Within());
        Assert.Equal(25, await pair.Near.CallAsync<int>("multiply", [5]).Within());
        Assert.Equal(21, await pair.Near.CallAsync<int>("multiply", new CallArguments(7) { ["b"] = 3 }).Within());
    }

    [Fact]
    public async Task Both_sides_call_each_other_over_the_one_link()
    {
        await using var pair = LinkPair.Start();
        pair.Near.Offer("name", () => "near");
        pair.Far.Offer("name", () => "far");

        Assert.Equal("far", await pair.Near.CallAsync<string>("name").Within());
        Assert.Equal("near", await pair.Far.CallAsync<string>("name").Within());
    }

    [Fact]
    public async Task A_function_without_a_result_ends_its_call()
    {
        await using var pair = LinkPair.Start();
        var runs = 0;
        pair.Far.Offer("nothing", () => { Interlocked.Increment(ref runs); });
        pair.Far.Offer("nothing later", async () =>
        {
            await Task.Yield();
            Interlocked.Increment(ref runs);
        });

        await pair.Near.Other.InvokeAsync("nothing", cancellationToken: TestContext.Current.CancellationToken).Within();
        await pair.Near.Other.InvokeAsync("nothing later", cancellationToken: TestContext.Current.CancellationToken).Within();

        Assert.Equal(2, runs);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(-0.0)]
    [InlineData(double.Epsilon)]
    public async Task Odd_numbers_travel_both_ways(double value)
    {
        await using var pair = LinkPair.Start();
        pair.Far.Offer("same", (double x) => x);

        Assert.Equal(value, await pair.Near.CallAsync<double>("same", [value]).Within());
    }

    [Fact]
    public async Task A_tag_that_nobody_offers_says_so_and_disturbs_nothing()
    {
        await using var pair = LinkPair.Start();
        pair.Far.Offer("one", () => 1);

        var missing = await Assert.ThrowsAsync<NetException>(() => pair.Near.CallAsync<int>("two").Within());

        Assert.Equal(NetError.NoSuchConnection, missing.Error);
        Assert.Contains("'two'", missing.Message, StringComparison.Ordinal);
        Assert.Equal(1, await pair.Near.CallAsync<int>("one").Within());
        pair.Far.Offer("two", () => 2);
        Assert.Equal(2, await pair.Near.CallAsync<int>("two").Within());
    }

    [Fact]
    public async Task Arguments_that_do_not_fit_are_told_from_the_functions_own_failure()
    {
        await using var pair = LinkPair.Start();
        pair.Far.Offer("f", (int a) => a);

        Assert.Equal(NetError.BadArguments, await ErrorOf(pair.Near.CallAsync<int>("f")));
        Assert.Equal(NetError.BadArguments, await ErrorOf(pair.Near.CallAsync<int>("f", ["text"])));
        Assert.Equal(NetError.BadArguments, await ErrorOf(pair.Near.CallAsync<int>("f", [1, 2])));
        Assert.Equal(NetError.BadArguments, await ErrorOf(pair.Near.CallAsync<int>("f", new CallArguments(1) { ["b"] = 3 })));
    }

    [Fact]
    public async Task Arguments_that_are_too_large_are_never_sent()
    {
        await using var pair = LinkPair.Start(new LinkPairOptions { MaxMessageBytes = 1000 });
        pair.Far.Offer("length", (string text) => text.Length);
        var bytes = pair.Far.Link.Receives;

        Assert.Equal(NetError.TooLarge, await ErrorOf(pair.Near.CallAsync<int>("length", [new string('x', 1000)])));

        Assert.True(pair.Near.Calls.Outgoing.IsEmpty);
        Assert.Equal(bytes, pair.Far.Link.Receives);
        Assert.Equal(900, await pair.Near.CallAsync<int>("length", [new string('x', 900)]).Within());
    }

    [Fact]
    public async Task An_argument_that_cannot_be_written_fails_before_anything_is_sent()
    {
        await using var pair = LinkPair.Start();

        Assert.Equal(NetError.BadArguments, await ErrorOf(pair.Near.CallAsync<int>("f", [new Unwritable()])));
        Assert.True(pair.Near.Calls.Outgoing.IsEmpty);
    }

    [Fact]
    public async Task A_result_that_is_too_large_or_cannot_be_written_or_read_is_a_bad_result()
    {
        await using var pair = LinkPair.Start(new LinkPairOptions { MaxMessageBytes = 1000 });
        pair.Far.Offer("large", () => new string('x', 1000));
        pair.Far.Offer("large later", async () =>
        {
            await Task.Yield();
            return new string('x', 1000);
        });
        pair.Far.Offer("unwritable", () => new Unwritable());
        pair.Far.Offer("text", () => "text");

        Assert.Equal(NetError.BadResult, await ErrorOf(pair.Near.CallAsync<string>("large")));
        Assert.Equal(NetError.BadResult, await ErrorOf(pair.Near.CallAsync<string>("large later")));
        Assert.Equal(NetError.BadResult, await ErrorOf(pair.Near.CallAsync<Unwritable>("unwritable")));
        Assert.Equal(NetError.BadResult, await ErrorOf(pair.Near.CallAsync<int>("text")));
        Assert.Equal("text", await pair.Near.CallAsync<string>("text").Within());
    }

    [Fact]
    public async Task Ten_thousand_calls_in_flight_at_once_all_come_back_right()
    {
        await using var pair = LinkPair.Start();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var arrived = 0;
        pair.Far.Offer("square", async (long x) =>
        {
            Interlocked.Increment(ref arrived);
            await gate.Task;
            return x * x;
        });

        var calls = Enumerable.Range(0, 10_000).Select(i => pair.Near.CallAsync<long>("square", [i])).ToArray();
        await Soon.Until(() => Volatile.Read(ref arrived) == calls.Length, "all calls run");
        gate.SetResult();
        var results = await Task.WhenAll(calls).Within();

        Assert.Equal(Enumerable.Range(0, 10_000).Select(i => (long)i * i), results);
        Assert.True(pair.Near.Calls.Outgoing.IsEmpty);
        await Soon.Until(() => pair.Far.Calls.Incoming.IsIdle, "nothing runs");
    }

    [Fact]
    public async Task Calls_from_many_threads_at_once_all_come_back_right()
    {
        await using var pair = LinkPair.Start();
        pair.Far.Offer("double", (int x) => 2 * x);
        pair.Near.Offer("triple", (int x) => 3 * x);

        await Task.WhenAll(Enumerable.Range(0, 16).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; i < 500; i++)
            {
                var x = (worker * 1000) + i;
                Assert.Equal(2 * x, await pair.Near.CallAsync<int>("double", [x]));
                Assert.Equal(3 * x, await pair.Far.CallAsync<int>("triple", [x]));
            }
        }))).Within();
    }

    [Fact]
    public async Task Tags_beyond_the_allowed_number_travel_with_their_calls()
    {
        var limits = AppNet.Links.LinkLimits.Default with { Tags = 2 };
        await using var pair = LinkPair.Start(new LinkPairOptions { Link = new() { Limits = limits } });
        for (var i = 0; i < 6; i++)
        {
            var number = i;
            pair.Far.Offer($"tag {i}", () => number);
        }

        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 6; i++)
            {
                Assert.Equal(i, await pair.Near.CallAsync<int>($"tag {i}").Within());
            }
        }
    }

    [Fact]
    public async Task Calls_beyond_what_a_peer_takes_at_once_are_overloaded()
    {
        var limits = AppNet.Links.LinkLimits.Default with { Calls = 3 };
        await using var pair = LinkPair.Start(new LinkPairOptions { Link = new() { Limits = limits } });
        var gate = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        pair.Far.Offer("wait", () => gate.Task);

        var calls = Enumerable.Range(0, 3).Select(_ => pair.Near.CallAsync<int>("wait")).ToArray();

        Assert.Equal(NetError.Overloaded, await ErrorOf(pair.Near.CallAsync<int>("wait")));
        gate.SetResult(1);
        Assert.All(await Task.WhenAll(calls).Within(), one => Assert.Equal(1, one));
        Assert.Equal(1, await pair.Near.CallAsync<int>("wait").Within());
    }

    [Fact]
    public async Task Functions_that_run_on_after_their_caller_gave_up_count_against_the_limit()
    {
        var limits = AppNet.Links.LinkLimits.Default with { Calls = 1 };
        await using var pair = LinkPair.Start(new LinkPairOptions { Link = new() { Limits = limits } });
        var gate = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        pair.Far.Offer("wait", () => gate.Task);
        using var source = new CancellationTokenSource();
        var first = pair.Near.CallUntilAsync<int>("wait", cancellationToken: source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.Within());

        Assert.Equal(NetError.Overloaded, await ErrorOf(pair.Near.CallAsync<int>("wait")));

        gate.SetResult(1);
        await Soon.Until(() => pair.Far.Calls.Incoming.IsIdle, "the function has ended");
        Assert.Equal(1, await pair.Near.CallAsync<int>("wait").Within());
    }

    private static async Task<NetError> ErrorOf<T>(Task<T> call) =>
        (await Assert.ThrowsAsync<NetException>(() => call.Within())).Error;

    private sealed class Unwritable
    {
        public int Value => throw new InvalidTimeZoneException("not to be read");
    }
}
