using AppNet.TestKit;
using Xunit;

namespace AppNet.Tests.Events;

/// <summary>What happens to events that a subscriber does not take, and to those that are raised while it is away.</summary>
public sealed class EventGapTests : IAsyncDisposable
{
    private readonly EventPeers _peers = new();

    private CancellationToken Limit => _peers.Limit;

    public async ValueTask DisposeAsync() => await _peers.DisposeAsync();

    [Fact]
    public async Task A_hundred_thousand_events_to_a_stopped_subscriber_are_bounded_and_the_gap_is_right()
    {
        var publisher = await _peers.StartAsync();
        var subscriber = await _peers.StartAsync();
        using var gate = new ManualResetEventSlim();
        var seen = new Seen<(int Value, long Number, long Missed)>();
        using var subscription = await subscriber.SubscribeAsync(
            "e",
            (int value, EventContext context) =>
            {
                gate.Wait(Limit);
                seen.Add((value, context.Number, context.Missed));
            },
            cancellationToken: Limit);
        var raised = publisher.Event<int>("e");

        for (var i = 1; i <= 100_000; i++)
        {
            await raised.RaiseAsync(i);
        }

        gate.Set();
        long last = 0;
        while (last < 100_000)
        {
            var item = Assert.Single(await seen.TakeAsync(1, Limit));
            Assert.Equal(item.Value, item.Number);
            Assert.Equal(item.Number - last - 1, item.Missed);
            last = item.Number;
        }

        Assert.Equal(100_000, subscription.Missed + subscription.Handled);
        Assert.InRange(subscription.Missed, 80_000, 99_999);
    }

    [Fact]
    public async Task A_raiser_that_waits_loses_nothing_to_a_stopped_subscriber()
    {
        var publisher = await _peers.StartAsync();
        var subscriber = await _peers.StartAsync();
        using var gate = new ManualResetEventSlim();
        var seen = new Seen<int>();
        using var subscription = await subscriber.SubscribeAsync(
            "e",
            (int value) =>
            {
                gate.Wait(Limit);
                seen.Add(value);
            },
            cancellationToken: Limit);
        var raised = publisher.Event<int>("e", EventQueueFull.Wait);
        var waiting = new Queue<Task>();

        for (var i = 1; i <= 20_000; i++)
        {
            if (raised.RaiseAsync(i) is { IsCompletedSuccessfully: false } task)
            {
                waiting.Enqueue(task);
            }

            if (waiting.Count == 1_000)
            {
                gate.Set();
                await waiting.Dequeue().WaitAsync(Limit);
            }
        }

        Assert.True(gate.IsSet);
        await Task.WhenAll(waiting).WaitAsync(Limit);
        Assert.Equal(Enumerable.Range(1, 20_000), await seen.TakeAsync(20_000, Limit));
        Assert.Equal(0, subscription.Missed);
    }

    [Fact]
    public async Task Raisers_that_nobody_awaits_are_bounded()
    {
        var publisher = await _peers.StartAsync();
        var subscriber = await _peers.StartAsync();
        using var gate = new ManualResetEventSlim();
        using var subscription = await subscriber.SubscribeAsync("e", (int _) => gate.Wait(Limit), cancellationToken: Limit);
        var raised = publisher.Event<int>("e", EventQueueFull.Wait);
        var waiting = new List<Task>();
        Task? overloaded = null;

        for (var i = 0; i < 100_000 && overloaded is null; i++)
        {
            var task = raised.RaiseAsync(i);
            if (task.IsFaulted)
            {
                overloaded = task;
            }
            else if (!task.IsCompleted)
            {
                waiting.Add(task);
            }
        }

        Assert.NotNull(overloaded);
        Assert.Equal(NetError.Overloaded, (await Assert.ThrowsAsync<NetException>(() => overloaded)).Error);
        Assert.InRange(waiting.Count, 1_024, 4_096);
        gate.Set();
        await Task.WhenAll(waiting).WaitAsync(Limit);
    }

    [Fact]
    public async Task A_publisher_may_disconnect_a_stopped_subscriber()
    {
        var publisher = await _peers.StartAsync();
        var subscriber = await _peers.StartAsync();
        using var gate = new ManualResetEventSlim();
        using var subscription = await subscriber.SubscribeAsync("e", (int _) => gate.Wait(Limit), cancellationToken: Limit);
        var raised = publisher.Event<int>("e", EventQueueFull.Disconnect);

        for (var i = 1; i <= 20_000; i++)
        {
            await raised.RaiseAsync(i);
        }

        Assert.Empty(publisher.Subscriptions["e"]);
        await _peers.Log.WaitForAsync(506, Limit);
        await _peers.Log.WaitForAsync(523, Limit);
        gate.Set();
    }

    [Fact]
    public async Task A_subscriber_that_was_disconnected_comes_back_when_it_has_caught_up_and_knows_the_gap()
    {
        var publisher = await _peers.StartAsync();
        var subscriber = await _peers.StartAsync();
        using var gate = new ManualResetEventSlim();
        using var subscription = await subscriber.SubscribeAsync("e", (int _) => gate.Wait(Limit), cancellationToken: Limit);
        var raised = publisher.Event<int>("e", EventQueueFull.Disconnect);
        for (var i = 1; i <= 20_000; i++)
        {
            await raised.RaiseAsync(i);
        }

        Assert.Empty(publisher.Subscriptions["e"]);
        gate.Set();
        await publisher.UntilSubscribedAsync("e", 1, Limit);
        await raised.RaiseAsync(20_001);

        await Wait.UntilAsync(() => subscription.Handled + subscription.Missed == 20_001, Limit);
        Assert.InRange(subscription.Missed, 1, 20_000);
    }

    [Fact]
    public async Task The_gap_is_right_across_a_lost_link_and_the_subscriber_is_pruned()
    {
        FaultyTransport faults = null!;
        FaultyTransport publisherFaults = null!;
        var publisher = await _peers.StartAsync(null, inner => publisherFaults = new FaultyTransport(inner, 5));
        var subscriber = await _peers.StartAsync(null, inner => faults = new FaultyTransport(inner, 1));
        var seen = new Seen<EventContext>();
        using var subscription = await subscriber.SubscribeAsync("e", seen.Add, cancellationToken: Limit);
        await publisher.RaiseAsync("e", []);
        await seen.TakeAsync(1, Limit);

        // Neither side dials: a publisher may have reasons of its own to.
        publisherFaults.FailConnects("No way.");
        faults.FailConnects("No way.");

        foreach (var duplex in faults.Duplexes)
        {
            duplex.Break();
        }

        await publisher.UntilSubscribedAsync("e", 0, Limit);
        for (var i = 0; i < 7; i++)
        {
            await publisher.RaiseAsync("e", []);
        }

        faults.FailConnects(null);
        await publisher.UntilSubscribedAsync("e", 1, Limit);
        await publisher.RaiseAsync("e", []);
        var context = Assert.Single(await seen.TakeAsync(1, Limit));

        Assert.Equal((9, 7, false), (context.Number, context.Missed, context.HasPublisherRestarted));
        Assert.Equal(7, subscription.Missed);
        await _peers.Log.WaitForAsync(502, Limit);
    }

    [Fact]
    public async Task A_hundred_thousand_events_raised_while_the_link_is_lost_are_one_gap_of_as_many()
    {
        FaultyTransport faults = null!;
        FaultyTransport publisherFaults = null!;
        var publisher = await _peers.StartAsync(null, inner => publisherFaults = new FaultyTransport(inner, 5));
        var subscriber = await _peers.StartAsync(null, inner => faults = new FaultyTransport(inner, 2));
        var seen = new Seen<EventContext>();
        using var subscription = await subscriber.SubscribeAsync("e", seen.Add, cancellationToken: Limit);
        await publisher.RaiseAsync("e", []);
        await seen.TakeAsync(1, Limit);

        // Neither side dials: a publisher may have reasons of its own to.
        publisherFaults.FailConnects("No way.");
        faults.FailConnects("No way.");

        foreach (var duplex in faults.Duplexes)
        {
            duplex.Break();
        }

        await publisher.UntilSubscribedAsync("e", 0, Limit);
        for (var i = 0; i < 100_000; i++)
        {
            await publisher.RaiseAsync("e", []);
        }

        faults.FailConnects(null);
        await publisher.UntilSubscribedAsync("e", 1, Limit);
        await publisher.RaiseAsync("e", []);
        var context = Assert.Single(await seen.TakeAsync(1, Limit));

        Assert.Equal((100_002, 100_000, false), (context.Number, context.Missed, context.HasPublisherRestarted));
        Assert.Equal(100_000, subscription.Missed);
    }

    [Fact]
    public async Task A_hundred_thousand_events_to_a_stopped_subscriber_whose_link_is_lost_among_them_are_accounted_for()
    {
        FaultyTransport faults = null!;
        var publisher = await _peers.StartAsync();
        var subscriber = await _peers.StartAsync(null, inner => faults = new FaultyTransport(inner, 3));
        using var gate = new ManualResetEventSlim();
        using var subscription = await subscriber.SubscribeAsync("e", (int _) => gate.Wait(Limit), cancellationToken: Limit);

        for (var i = 1; i <= 50_000; i++)
        {
            await publisher.RaiseAsync("e", [i]);
        }

        foreach (var duplex in faults.Duplexes)
        {
            duplex.Break();
        }

        for (var i = 50_001; i <= 100_000; i++)
        {
            await publisher.RaiseAsync("e", [i]);
        }

        gate.Set();
        await Wait.UntilAsync(() => subscription.Missed + subscription.Handled == 100_000, Limit);
        Assert.InRange(subscription.Missed, 60_000, 99_999);
    }

    [Fact]
    public async Task A_hundred_thousand_events_of_a_publisher_that_started_anew_are_reported_as_its_own()
    {
        FaultyTransport faults = null!;
        var first = await _peers.StartAsync(null, inner => new FixedPortTransport(inner, 4_001));
        var subscriber = await _peers.StartAsync(null, inner => faults = new FaultyTransport(inner, 4));
        var seen = new Seen<EventContext>();
        using var subscription = await subscriber.SubscribeAsync("e", seen.Add, cancellationToken: Limit);
        await first.RaiseAsync("e", []);
        await seen.TakeAsync(1, Limit);

        // Neither side dials: a publisher may have reasons of its own to.
        faults.FailConnects("No way.");
        await first.StopAsync(Limit);
        var second = await _peers.StartAsync(null, inner =>
        {
            var publisherFaults = new FaultyTransport(new FixedPortTransport(inner, 4_001), 5);
            publisherFaults.FailConnects("No way.");
            return publisherFaults;
        });
        for (var i = 0; i < 100_000; i++)
        {
            await second.RaiseAsync("e", []);
        }

        faults.FailConnects(null);
        await second.UntilSubscribedAsync("e", 1, Limit);
        await second.RaiseAsync("e", []);
        var context = Assert.Single(await seen.TakeAsync(1, Limit));

        Assert.Equal((100_001, 100_000, true), (context.Number, context.Missed, context.HasPublisherRestarted));
    }

    [Fact]
    public async Task A_publisher_that_started_anew_is_reported()
    {
        var first = await _peers.StartAsync(null, inner => new FixedPortTransport(inner, 4_000));
        var subscriber = await _peers.StartAsync();
        var seen = new Seen<EventContext>();
        using var subscription = await subscriber.SubscribeAsync("e", seen.Add, cancellationToken: Limit);
        await first.RaiseAsync("e", []);
        await first.RaiseAsync("e", []);
        await seen.TakeAsync(2, Limit);

        await first.StopAsync(Limit);
        var second = await _peers.StartAsync(null, inner => new FixedPortTransport(inner, 4_000));
        await second.UntilSubscribedAsync("e", 1, Limit);
        await second.RaiseAsync("e", []);
        await second.RaiseAsync("e", []);
        var contexts = await seen.TakeAsync(2, Limit);

        Assert.Equal([(1, true), (2, false)], contexts.Select(context => (context.Number, context.HasPublisherRestarted)));
        Assert.Equal(contexts.Sum(context => context.Missed), subscription.Missed);
    }

    [Fact]
    public async Task Peers_that_subscribe_to_each_other_at_once_miss_nothing()
    {
        var one = await _peers.StartAsync();
        var other = await _peers.StartAsync();
        var seenByOne = new Seen<(int Value, long Missed)>();
        var seenByOther = new Seen<(int Value, long Missed)>();
        var subscriptions = await Task.WhenAll(
            one.SubscribeAsync("e", (int value, EventContext context) => seenByOne.Add((value, context.Missed)), cancellationToken: Limit),
            other.SubscribeAsync("e", (int value, EventContext context) => seenByOther.Add((value, context.Missed)), cancellationToken: Limit));

        for (var i = 0; i < 5_000; i++)
        {
            await one.RaiseAsync("e", [i], EventQueueFull.Wait);
            await other.RaiseAsync("e", [i], EventQueueFull.Wait);
        }

        var expected = Enumerable.Range(0, 5_000).Select(i => (i, 0L)).ToList();
        Assert.Equal(expected, await seenByOne.TakeAsync(5_000, Limit));
        Assert.Equal(expected, await seenByOther.TakeAsync(5_000, Limit));
        Assert.All(subscriptions, subscription => Assert.Equal(0, subscription.Missed));
    }

    [Fact]
    public async Task What_is_queued_is_delivered_before_a_publisher_leaves()
    {
        var publisher = await _peers.StartAsync();
        var subscriber = await _peers.StartAsync();
        var seen = new Seen<int>();
        using var subscription = await subscriber.SubscribeAsync("e", seen.Add, cancellationToken: Limit);

        for (var i = 0; i < 1_000; i++)
        {
            await publisher.RaiseAsync("e", [i]);
        }

        await publisher.StopAsync(Limit);

        Assert.Equal(Enumerable.Range(0, 1_000), await seen.TakeAsync(1_000, Limit));
    }
}
