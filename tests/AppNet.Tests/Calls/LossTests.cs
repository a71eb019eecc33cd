using AppNet.Calls;
using AppNet.Connections;
using AppNet.Links;
using AppNet.Tests.Links;
using AppNet.Wire;
using Xunit;

namespace AppNet.Tests.Calls;

/// <summary>Links that are lost, left, or full.</summary>
public sealed class LossTests
{
    [Fact]
    public async Task A_thousand_pending_calls_each_end_once_when_the_link_is_torn_down()
    {
        await using var pair = LinkPair.Start();
        var gate = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        pair.Far.Offer("wait", () => gate.Task);
        var ends = 0;
        var calls = Enumerable.Range(0, 1_000).Select(_ => Count(pair.Near.CallAsync<int>("wait"))).ToArray();

        pair.Near.Link.Abort(new NetException(NetError.PeerLost, "cut"));

        foreach (var call in calls)
        {
            Assert.Equal(NetError.PeerLost, (await Assert.ThrowsAsync<NetException>(() => call.Within())).Error);
        }

        Assert.Equal(1_000, ends);
        Assert.True(pair.Near.Calls.Outgoing.IsEmpty);
        gate.SetResult(1);
        await Soon.Until(() => pair.Far.Calls.Incoming.IsIdle, "the functions have ended");

        async Task<int> Count(Task<int> call)
        {
            try
            {
                return await call;
            }
            finally
            {
                Interlocked.Increment(ref ends);
            }
        }
    }

    [Fact]
    public async Task Calls_that_race_with_the_loss_of_the_link_all_end()
    {
        for (var round = 0; round < 30; round++)
        {
            await using var pair = LinkPair.Start();
            pair.Far.Offer("same", (int x) => x);
            var callers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
            {
                for (var i = 0; ; i++)
                {
                    Assert.Equal(i, await pair.Near.CallAsync<int>("same", [i]));
                }
            })).ToArray();

            pair.Far.Link.Abort(new NetException(NetError.PeerLost, "cut"));

            foreach (var caller in callers)
            {
                var end = await Assert.ThrowsAsync<NetException>(() => caller.Within());
                Assert.True(end.Error is NetError.PeerLost or NetError.Refused, $"{end}");
            }
        }
    }

    [Fact]
    public async Task A_peer_that_drains_finishes_what_it_took_and_names_the_last_call()
    {
        await using var pair = LinkPair.Start();
        var gate = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        pair.Far.Offer("wait", () => gate.Task);
        var early = Enumerable.Range(0, 5).Select(_ => pair.Near.CallAsync<int>("wait")).ToArray();
        await pair.Near.CallAsync<int>("nobody has this").ContinueWith(_ => { }, TaskScheduler.Default).Within();

        var leaving = pair.Far.Link.LeaveAsync(Goodbye.Stopping, TestContext.Current.CancellationToken);

        await Soon.Until(() => !pair.Near.Link.TakesCalls, "the goodbye is heard");
        Assert.Equal(NetError.Refused, (await Assert.ThrowsAsync<NetException>(() => pair.Near.CallAsync<int>("wait").Within())).Error);
        Assert.False(leaving.IsCompleted);
        gate.SetResult(3);
        Assert.All(await Task.WhenAll(early).Within(), result => Assert.Equal(3, result));
        await leaving.Within();
        await pair.Near.Link.Closed.Within();
    }

    [Fact]
    public async Task Of_calls_in_mid_traffic_each_is_answered_or_refused_when_a_peer_drains()
    {
        await using var pair = LinkPair.Start();
        var ran = 0;
        pair.Far.Offer("run", () => Interlocked.Increment(ref ran));
        var answered = 0;
        var callers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (true)
            {
                await pair.Near.CallAsync<int>("run");
                Interlocked.Increment(ref answered);
            }
        })).ToArray();
        await Soon.Until(() => Volatile.Read(ref answered) > 100, "traffic");

        await pair.Far.Link.LeaveAsync(Goodbye.Stopping, TestContext.Current.CancellationToken).Within();

        foreach (var caller in callers)
        {
            Assert.Equal(NetError.Refused, (await Assert.ThrowsAsync<NetException>(() => caller.Within())).Error);
        }

        Assert.Equal(ran, answered);
    }

    [Fact]
    public async Task Calls_after_the_last_that_a_stopping_peer_took_are_refused_and_earlier_ones_answered()
    {
        await using var peer = RawPeer.Start();
        var calls = Enumerable.Range(0, 4).Select(_ => peer.Side.CallAsync<int>("f")).ToArray();
        for (var i = 0; i < 4; i++)
        {
            await peer.ReadAsync(FrameType.Call);
        }

        await peer.SendAsync(FrameType.Goodbye, (ushort)Goodbye.Stopping, 2, []);
        await peer.SendAsync(FrameType.Answer, 0, 2, "22"u8.ToArray());
        await peer.SendAsync(FrameType.Answer, 0, 1, "11"u8.ToArray());

        Assert.Equal(11, await calls[0].Within());
        Assert.Equal(22, await calls[1].Within());
        Assert.Equal(NetError.Refused, (await Assert.ThrowsAsync<NetException>(() => calls[2].Within())).Error);
        Assert.Equal(NetError.Refused, (await Assert.ThrowsAsync<NetException>(() => calls[3].Within())).Error);
    }

    [Fact]
    public async Task A_duplicate_link_takes_the_calls_sent_before_the_other_sides_goodbye()
    {
        await using var peer = RawPeer.Start();
        peer.Side.Offer("one", () => 1);
        var leaving = peer.Side.Link.LeaveAsync(Goodbye.Duplicate, TestContext.Current.CancellationToken);
        await peer.ReadAsync(FrameType.Goodbye);

        await peer.SendAsync(FrameType.Tag, 1, 0, "one"u8.ToArray());
        await peer.SendAsync(FrameType.Call, 1, 1, "[]"u8.ToArray());

        Assert.Equal(1u, (await peer.ReadAsync(FrameType.Answer)).Header.Id);
        Assert.False(leaving.IsCompleted);
        await peer.SendAsync(FrameType.Goodbye, (ushort)Goodbye.Duplicate, 0, []);
        await leaving.Within();
    }

    [Fact]
    public async Task Numbers_wrap_and_pass_over_those_still_in_use()
    {
        await using var pair = LinkPair.Start(new LinkPairOptions { IsFaulty = true });
        pair.NearPath.Sending.Hold();
        var table = new CallTable(pair.Near.Protocol, pair.Near.Link, pair.Near.Calls.Streams, lastId: uint.MaxValue - 5);
        var first = Start();
        var ids = new HashSet<uint> { first.Id };
        Assert.Equal(uint.MaxValue - 4, first.Id);

        for (var i = 0; i < 100; i++)
        {
            Assert.True(ids.Add(Start().Id));
        }

        Assert.Contains(1u, ids);
        Assert.All(ids, id => Assert.True(id is > uint.MaxValue - 5 or < 300));
        table.FailAll(new NetException(NetError.PeerLost, "over"));
        Assert.True(table.IsEmpty);

        PendingCall Start()
        {
            var call = PendingCall<int>.Rent(table, "f", ValueCodecs.Int32);
            Assert.Equal(SendOutcome.Queued, table.Start(call, new CallRequest { Payload = "[]"u8 }));
            return call;
        }
    }

    [Fact]
    public async Task A_number_whose_place_is_in_use_is_passed_over()
    {
        await using var pair = LinkPair.Start(new LinkPairOptions { IsFaulty = true });
        pair.NearPath.Sending.Hold();
        var table = new CallTable(pair.Near.Protocol, pair.Near.Link, pair.Near.Calls.Streams);
        var pending = Start();

        var ids = Enumerable.Range(0, 20).Select(_ => StartAndEnd()).ToArray();

        Assert.Equal(1u, pending.Id);
        Assert.DoesNotContain(17u, ids);
        Assert.Contains(18u, ids);
        Assert.True(table.TryTake(pending));
        Assert.True(table.IsEmpty);

        uint StartAndEnd()
        {
            var call = Start();
            var id = call.Id;
            Assert.True(table.TryTake(call));
            return id;
        }

        PendingCall Start()
        {
            var call = PendingCall<int>.Rent(table, "f", ValueCodecs.Int32);
            Assert.Equal(SendOutcome.Queued, table.Start(call, new CallRequest { Payload = "[]"u8 }));
            return call;
        }
    }

    [Fact]
    public async Task Callers_wait_while_the_send_queue_is_full_and_then_go_on()
    {
        var options = new LinkOptions { SendQueueBytes = 4 * 1024 };
        await using var pair = LinkPair.Start(new LinkPairOptions { IsFaulty = true, Link = options });
        var ran = 0;
        pair.Far.Offer("length", (string text) =>
        {
            Interlocked.Increment(ref ran);
            return text.Length;
        });
        pair.NearPath.Sending.Hold();

        var calls = Enumerable.Range(1, 50).Select(i => pair.Near.CallAsync<int>("length", [new string('x', 1000 + i)])).ToArray();

        Assert.False(pair.Near.Link.WaitForRoomAsync(CancellationToken.None).IsCompleted);
        Assert.Equal(0, ran);
        pair.NearPath.Sending.Pass();
        Assert.Equal(Enumerable.Range(1, 50).Select(i => 1000 + i), await Task.WhenAll(calls).Within());
    }

    [Fact]
    public async Task A_caller_that_waits_for_room_can_be_cancelled_and_its_function_never_runs()
    {
        var options = new LinkOptions { SendQueueBytes = 1024 };
        await using var pair = LinkPair.Start(new LinkPairOptions { IsFaulty = true, Link = options });
        var ran = 0;
        pair.Far.Offer("run", () => Interlocked.Increment(ref ran));
        pair.Far.Offer("length", (string text) => text.Length);
        pair.NearPath.Sending.Hold();
        var first = pair.Near.CallAsync<int>("length", [new string('x', 2000)]);
        using var source = new CancellationTokenSource();
        var second = pair.Near.CallUntilAsync<int>("run", cancellationToken: source.Token);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.Within());
        pair.NearPath.Sending.Pass();
        Assert.Equal(2000, await first.Within());
        Assert.Equal(0, ran);
    }

    [Fact]
    public async Task A_peer_that_never_reads_ends_the_link_at_the_hard_bound()
    {
        var options = new LinkOptions { SendQueueBytes = 1024 };
        await using var pair = LinkPair.Start(new LinkPairOptions { IsFaulty = true, Link = options });
        pair.NearPath.Sending.Hold();
        var call = pair.Near.CallAsync<int>("f");

        for (var i = 0; i < 1000; i++)
        {
            pair.Near.Link.Ping();
        }

        var lost = await Assert.ThrowsAsync<NetException>(() => call.Within());
        Assert.Equal(NetError.PeerLost, lost.Error);
        Assert.Contains("does not read", lost.Message, StringComparison.Ordinal);
        await pair.Near.Link.Closed.Within();
    }

    [Fact]
    public async Task Sending_that_fails_ends_the_calls()
    {
        await using var pair = LinkPair.Start(new LinkPairOptions { IsFaulty = true });
        pair.NearPath.Sending.Fail();

        var lost = await Assert.ThrowsAsync<NetException>(() => pair.Near.CallAsync<int>("f").Within());

        Assert.Equal(NetError.PeerLost, lost.Error);
    }
}
