using AppNet.Tests.Links;
using Xunit;

namespace AppNet.Tests.Calls;

/// <summary>Functions that hold their thread, and calls back.</summary>
public sealed class BlockingTests
{
    [Fact]
    public async Task Calls_there_and_back_again_may_be_fifty_deep()
    {
        await using var pair = LinkPair.Start();
        pair.Near.Offer("down", (int depth) => depth == 0 ? Task.FromResult(0) : Up(pair.Near, depth));
        pair.Far.Offer("down", (int depth) => depth == 0 ? Task.FromResult(0) : Up(pair.Far, depth));

        Assert.Equal(50, await pair.Near.CallAsync<int>("down", [50]).Within());

        static async Task<int> Up(LinkSide side, int depth) => 1 + await side.CallAsync<int>("down", [depth - 1]);
    }

    [Fact]
    public async Task Functions_that_block_on_calls_back_do_not_deadlock()
    {
        await using var pair = LinkPair.Start();
        pair.Near.Offer("down", (int depth) => depth == 0 ? 0 : 1 + Wait(pair.Near.CallAsync<int>("down", [depth - 1])));
        pair.Far.Offer("down", (int depth) => depth == 0 ? 0 : 1 + Wait(pair.Far.CallAsync<int>("down", [depth - 1])));

        Assert.Equal(50, await pair.Near.CallAsync<int>("down", [50]).Within());
    }

    [Fact]
    public async Task Continuations_that_block_on_further_calls_do_not_deadlock()
    {
        await using var pair = LinkPair.Start();
        pair.Far.Offer("same", (int x) => x);

        var sum = 0;
        for (var i = 0; i < 20; i++)
        {
            // Without a context of its own it goes on on the read loop, and holds it.
            sum += await Task.Run(async () =>
            {
                var first = await pair.Near.CallAsync<int>("same", [1]);
                return first + Wait(pair.Near.CallAsync<int>("same", [1]));
            });
        }

        Assert.Equal(40, sum);
    }

    [Fact]
    public async Task A_function_that_blocks_its_thread_holds_up_neither_200_others_nor_pings()
    {
        await using var pair = LinkPair.Start();
        using var gate = new ManualResetEventSlim();
        pair.Far.Offer("block", () => gate.Wait(Soon.Limit));
        pair.Far.Offer("same", (int x) => x);
        var blocked = pair.Near.CallAsync<bool>("block");

        var others = Enumerable.Range(0, 200).Select(i => pair.Near.CallAsync<int>("same", [i])).ToArray();

        Assert.Equal(Enumerable.Range(0, 200), await Task.WhenAll(others).Within());
        var signs = pair.Near.Link.Receives;
        pair.Near.Link.Ping();
        await Soon.Until(() => pair.Near.Link.Receives > signs, "the ping is answered");
        Assert.False(blocked.IsCompleted);
        gate.Set();
        Assert.True(await blocked.Within());
    }

    [Fact]
    public async Task Many_functions_may_block_until_the_last_of_them_runs()
    {
        await using var pair = LinkPair.Start();
        using var all = new CountdownEvent(40);
        pair.Far.Offer("meet", () =>
        {
            all.Signal();
            return all.Wait(Soon.Limit);
        });

        var calls = Enumerable.Range(0, 40).Select(_ => pair.Near.CallAsync<bool>("meet")).ToArray();

        Assert.DoesNotContain(false, await Task.WhenAll(calls).Within());
    }

    [Fact]
    public async Task What_a_function_leaves_behind_does_not_reach_the_next()
    {
        await using var pair = LinkPair.Start();
        var ambient = new AsyncLocal<string?>();
        pair.Far.Offer("leave", () =>
        {
            ambient.Value = "left";
            SynchronizationContext.SetSynchronizationContext(new SynchronizationContext());
        });
        pair.Far.Offer("look", () => $"{ambient.Value}|{SynchronizationContext.Current is not null}|{ReferenceEquals(AppNet.Calls.AmbientPeer.Current, pair.Far)}");
        ambient.Value = "of the test";

        for (var i = 0; i < 20; i++)
        {
            var leave = pair.Near.Other.InvokeAsync("leave", cancellationToken: TestContext.Current.CancellationToken);
            var look = pair.Near.CallAsync<string>("look");
            await leave.Within();
            Assert.Equal("|False|True", await look.Within());
        }

        Assert.Equal("of the test", ambient.Value);
    }

    [Fact]
    public async Task Large_answers_of_functions_that_end_at_once_do_not_end_the_link()
    {
        var link = new AppNet.Links.LinkOptions { SendQueueBytes = 64 * 1024 };
        await using var pair = LinkPair.Start(new LinkPairOptions { Link = link });
        pair.Far.Offer("large", (int x) => new string((char)('a' + (x % 26)), 50_000));
        pair.Far.Offer("small", (int x) => new string((char)('a' + (x % 26)), 500));

        var large = Enumerable.Range(0, 100).Select(i => pair.Near.CallAsync<string>("large", [i])).ToArray();
        var small = Enumerable.Range(0, 3_000).Select(i => pair.Near.CallAsync<string>("small", [i])).ToArray();

        var larges = await Task.WhenAll(large).Within();
        var smalls = await Task.WhenAll(small).Within();
        Assert.All(larges, text => Assert.Equal(50_000, text.Length));
        Assert.Equal(Enumerable.Range(0, 3_000).Select(i => (char)('a' + (i % 26))), smalls.Select(text => text[0]));
    }

    [Fact]
    public async Task Large_failures_wait_for_room_too()
    {
        var link = new AppNet.Links.LinkOptions { SendQueueBytes = 16 * 1024 };
        await using var pair = LinkPair.Start(new LinkPairOptions { Link = link });
        pair.Far.Offer("fail", int () => throw new InvalidTimeZoneException(new string('x', 8_000)));

        var calls = Enumerable.Range(0, 200).Select(_ => pair.Near.CallAsync<int>("fail")).ToArray();

        foreach (var call in calls)
        {
            await Assert.ThrowsAsync<RemoteException>(() => call.Within());
        }
    }

    // As a user might, though nobody should.
#pragma warning disable VSTHRD002, xUnit1031
    private static T Wait<T>(Task<T> call) => call.WaitAsync(Soon.Limit).GetAwaiter().GetResult();
#pragma warning restore VSTHRD002, xUnit1031
}
