using AppNet.TestKit;
using AppNet.Tests.Events;
using Xunit;

namespace AppNet.Tests.Limits;

public sealed partial class OriginalLimitsTests
{
    // Row 4: raising an event blocks: 2 s on a slow subscriber, over 8 s on a frozen one.
    [Fact]
    public async Task Raising_an_event_waits_for_no_slow_subscriber()
    {
        var (publisher, subscriber) = await StartTwoAsync();
        using var gate = new ManualResetEventSlim();
        using var subscription = await subscriber.SubscribeAsync("e", (int _) => gate.Wait(Limit), cancellationToken: Limit);

        // Each has ended when it returns, although the handler of the first one never does.
        Assert.All(Enumerable.Range(0, 5_000), i => Assert.True(publisher.RaiseAsync("e", [i]).IsCompletedSuccessfully));

        Assert.Equal(0, subscription.Handled);
        gate.Set();
    }

    // Row 4, its end.
    [Fact]
    public async Task Raising_an_event_waits_for_no_frozen_subscriber()
    {
        FaultyTransport faults = null!;
        var publisher = await _peers.StartAsync(null, inner => faults = new FaultyTransport(inner, 4));
        var subscriber = await _peers.StartAsync();
        using var subscription = await subscriber.SubscribeAsync("e", (string _) => { }, cancellationToken: Limit);

        foreach (var duplex in faults.Duplexes)
        {
            duplex.Sending.Hold();
        }

        var large = new string('x', 100_000);
        Assert.All(Enumerable.Range(0, 500), _ => Assert.True(publisher.RaiseAsync("e", [large]).IsCompletedSuccessfully));
    }

    // Row 16: no unsubscribe.
    [Fact]
    public async Task A_subscription_ends_when_it_is_disposed()
    {
        var (publisher, subscriber) = await StartTwoAsync();
        var seen = new Seen<int>();
        var subscription = await subscriber.SubscribeAsync("e", seen.Add, cancellationToken: Limit);
        await publisher.RaiseAsync("e", [1]);
        Assert.Equal([1], await seen.TakeAsync(1, Limit));

        subscription.Dispose();
        await publisher.UntilSubscribedAsync("e", 0, Limit);
        await publisher.RaiseAsync("e", [2]);
        using var again = await subscriber.SubscribeAsync("e", seen.Add, cancellationToken: Limit);
        await publisher.RaiseAsync("e", [3]);

        Assert.Equal([3], await seen.TakeAsync(1, Limit));
    }

    // Row 16: subscribing twice delivers twice.
    [Fact]
    public async Task Subscribing_twice_delivers_once()
    {
        var (publisher, subscriber) = await StartTwoAsync();
        var seen = new Seen<int>();
        Action<int> handler = seen.Add;
        var first = await subscriber.SubscribeAsync("e", handler, groups: ["a", "None"], cancellationToken: Limit);
        using var second = await subscriber.SubscribeAsync("e", handler, groups: ["None", "a"], cancellationToken: Limit);

        await publisher.RaiseAsync("e", [1]);
        first.Dispose();
        first.Dispose();
        await publisher.RaiseAsync("e", [2]);

        // A second delivery of 1 would come before 2.
        Assert.Equal([1, 2], await seen.TakeAsync(2, Limit));
        Assert.Single(subscriber.Subscriptions.Rules, rule => rule.EventName == "e");
        second.Dispose();
        Assert.DoesNotContain(subscriber.Subscriptions.Rules, rule => rule.EventName == "e");
    }

    // Row 16: subscriptions only to peers known at that moment.
    [Fact]
    public async Task A_subscription_stands_for_peers_that_come_later()
    {
        var subscriber = await _peers.StartAsync();
        var seen = new Seen<int>();
        using var subscription = await subscriber.SubscribeAsync("e", seen.Add, groups: ["later"], cancellationToken: Limit);

        var publisher = await _peers.StartAsync(options => options.Group = "later");
        await publisher.UntilSubscribedAsync("e", 1, Limit);
        await publisher.RaiseAsync("e", [1]);

        Assert.Equal([1], await seen.TakeAsync(1, Limit));
    }
}
