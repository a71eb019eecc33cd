using Xunit;

namespace AppNet.Tests.Events;

/// <summary>Rules follow publishers that change their group or become hubs, and survive it where they still match.</summary>
public sealed class RegroupTests : IAsyncDisposable
{
    private readonly EventPeers _peers = new();

    private CancellationToken Limit => _peers.Limit;

    public async ValueTask DisposeAsync() => await _peers.DisposeAsync();

    [Fact]
    public async Task A_publisher_that_joins_the_group_is_subscribed_to()
    {
        var publisher = await _peers.StartAsync();
        var subscriber = await _peers.StartAsync();
        var seen = new Seen<(int Value, string? Group)>();
        using var subscription = await subscriber.SubscribeAsync(
            "e", (int value, EventContext context) => seen.Add((value, context.Publisher.Id.Group)), groups: ["render"], cancellationToken: Limit);
        Assert.Empty(publisher.Subscriptions["e"]);

        publisher.Reconfigure(group: "render");
        await publisher.UntilSubscribedAsync("e", 1, Limit);
        await publisher.RaiseAsync("e", [1]);

        Assert.Equal([(1, "render")], await seen.TakeAsync(1, Limit));
        Assert.Equal([publisher.Id], subscription.Publishers.Select(peer => peer.Id));
    }

    [Fact]
    public async Task A_publisher_that_leaves_the_group_is_not_subscribed_to_any_more_and_is_again_when_it_comes_back()
    {
        var publisher = await _peers.StartAsync(options => options.Group = "render");
        var subscriber = await _peers.StartAsync();
        var seen = new Seen<int>();
        using var subscription = await subscriber.SubscribeAsync("e", seen.Add, groups: ["render"], cancellationToken: Limit);
        using var ofAll = await subscriber.SubscribeAsync("e", () => { }, cancellationToken: Limit);
        await publisher.RaiseAsync("e", [1]);
        Assert.Equal([1], await seen.TakeAsync(1, Limit));

        publisher.Reconfigure(group: "other");
        await Wait.UntilAsync(() => subscription.Publishers.Count == 0, Limit);
        await Wait.UntilAsync(() => ofAll.Publishers is [{ Id.Group: "other" }], Limit);
        publisher.Reconfigure(group: "render");
        await Wait.UntilAsync(() => subscription.Publishers.Count == 1, Limit);
        await publisher.RaiseAsync("e", [2]);

        Assert.Equal([2], await seen.TakeAsync(1, Limit));
    }

    [Fact]
    public async Task A_named_publisher_counts_only_while_it_is_of_the_group()
    {
        var publisher = await _peers.StartAsync();
        var subscriber = await _peers.StartAsync();
        using var subscription = await subscriber.SubscribeAsync(
            "e", () => { }, from: [publisher.Handle(subscriber)], groups: ["render"], cancellationToken: Limit);
        Assert.Empty(subscription.Publishers);

        publisher.Reconfigure(group: "render");
        await publisher.UntilSubscribedAsync("e", 1, Limit);
        publisher.Reconfigure(group: "None");
        await publisher.UntilSubscribedAsync("e", 0, Limit);
    }

    [Fact]
    public async Task A_publisher_that_becomes_a_hub_is_subscribed_to_by_who_wants_hubs_only()
    {
        var publisher = await _peers.StartAsync();
        var subscriber = await _peers.StartAsync();
        using var subscription = await subscriber.SubscribeAsync("e", () => { }, hubsOnly: true, cancellationToken: Limit);

        publisher.Reconfigure(isHub: true);
        await publisher.UntilSubscribedAsync("e", 1, Limit);
        publisher.Reconfigure(isHub: false);
        await publisher.UntilSubscribedAsync("e", 0, Limit);
    }

    [Fact]
    public async Task A_subscription_survives_a_change_of_group_on_either_side_without_a_gap()
    {
        var publisher = await _peers.StartAsync(options => options.Group = "before");
        var subscriber = await _peers.StartAsync();
        var seen = new Seen<(int Value, long Missed)>();
        using var subscription = await subscriber.SubscribeAsync(
            "e", (int value, EventContext context) => seen.Add((value, context.Missed)), cancellationToken: Limit);

        for (var i = 0; i < 100; i++)
        {
            await publisher.RaiseAsync("e", [i]);
            publisher.Reconfigure(group: $"publisher {i}");
            subscriber.Reconfigure(group: $"subscriber {i}");
        }

        Assert.Equal(Enumerable.Range(0, 100).Select(i => (i, 0L)), await seen.TakeAsync(100, Limit));
        await Wait.UntilAsync(() => publisher.Subscriptions["e"] is [{ Id.Group: "subscriber 99" }], Limit);
    }
}
