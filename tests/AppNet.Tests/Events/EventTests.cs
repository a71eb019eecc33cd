using AppNet.Connections;
using AppNet.Events;
using Xunit;

namespace AppNet.Tests.Events;

public sealed class EventTests : IAsyncDisposable
{
    private readonly EventPeers _peers = new();

    private CancellationToken Limit => _peers.Limit;

    public async ValueTask DisposeAsync() => await _peers.DisposeAsync();

    [Fact]
    public async Task An_event_reaches_a_handler_with_its_arguments_by_position_name_and_default()
    {
        var publisher = await _peers.StartAsync();
        var subscriber = await _peers.StartAsync();
        var seen = new Seen<string>();
        using var subscription = await subscriber.SubscribeAsync(
            "frame", (int number, string path, string format = "png") => seen.Add($"{number} {path} {format}"), publisher.Handle(subscriber), Limit);

        await publisher.RaiseAsync("frame", new EventArguments(7) { ["path"] = "a" });
        await publisher.RaiseAsync("frame", [8, "b", "jpg"]);

        Assert.Equal(["7 a png", "8 b jpg"], await seen.TakeAsync(2, Limit));
    }

    [Fact]
    public async Task Events_come_in_the_order_in_which_they_were_raised_and_none_is_missed()
    {
        var publisher = await _peers.StartAsync();
        var subscriber = await _peers.StartAsync();
        var seen = new Seen<int>();
        using var subscription = await subscriber.SubscribeAsync("count", (int number) => seen.Add(number), cancellationToken: Limit);
        var count = publisher.Event<int>("count", EventQueueFull.Wait);

        for (var i = 0; i < 20_000; i++)
        {
            await count.RaiseAsync(i);
        }

        Assert.Equal(Enumerable.Range(0, 20_000), await seen.TakeAsync(20_000, Limit));
        Assert.Equal(0, subscription.Missed);
    }

    [Fact]
    public async Task An_event_without_subscribers_allocates_nothing_and_is_numbered()
    {
        var publisher = await _peers.StartAsync();
        var count = publisher.Event<int>("count");
        await count.RaiseAsync(0);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            Assert.True(count.RaiseAsync(i).IsCompletedSuccessfully);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        var subscriber = await _peers.StartAsync();
        var numbers = new Seen<long>();
        using var subscription = await subscriber.SubscribeAsync("count", (int _, EventContext context) => numbers.Add(context.Number), cancellationToken: Limit);
        await count.RaiseAsync(1);
        Assert.Equal([1_002], await numbers.TakeAsync(1, Limit));
        Assert.Equal(0, subscription.Missed);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public async Task An_event_has_a_name(string? name)
    {
        var peer = await _peers.StartAsync();

        await Assert.ThrowsAnyAsync<ArgumentException>(() => peer.RaiseAsync(name!, []));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => peer.SubscribeAsync(name!, () => { }, cancellationToken: Limit));
        Assert.ThrowsAny<ArgumentException>(() => peer.Event<int>(name!));
    }

    [Fact]
    public async Task An_events_name_has_at_most_512_bytes()
    {
        var peer = await _peers.StartAsync();

        await peer.RaiseAsync(new string('a', 512), []);
        await Assert.ThrowsAsync<ArgumentException>(() => peer.RaiseAsync(new string('a', 513), []));
        await Assert.ThrowsAsync<ArgumentException>(() => peer.RaiseAsync(new string('ä', 257), []));
    }

    [Fact]
    public async Task A_publisher_that_comes_later_is_subscribed_to()
    {
        var subscriber = await _peers.StartAsync();
        var seen = new Seen<int>();
        using var subscription = await subscriber.SubscribeAsync("late", (int number) => seen.Add(number), cancellationToken: Limit);
        var publisher = await _peers.StartAsync();
        await publisher.UntilSubscribedAsync("late", 1, Limit);

        await publisher.RaiseAsync("late", [1]);

        Assert.Equal([1], await seen.TakeAsync(1, Limit));
        Assert.Equal([subscriber.Id], publisher.Subscriptions["late"].Select(peer => peer.Id));
        Assert.Single(subscriber.Subscriptions.Rules, rule => rule.EventName == "late");
    }

    [Fact]
    public async Task Only_peers_of_the_group_are_subscribed_to()
    {
        var render = await _peers.StartAsync(options => options.Group = "render");
        var other = await _peers.StartAsync(options => options.Group = "other");
        var hub = await _peers.StartAsync(options => (options.Group, options.IsHub) = ("render", true));
        var subscriber = await _peers.StartAsync();

        using var ofGroup = await subscriber.SubscribeAsync("frame", () => { }, groups: ["render"], cancellationToken: Limit);
        using var ofHubs = await subscriber.SubscribeAsync("hub", () => { }, hubsOnly: true, cancellationToken: Limit);

        Assert.Equal([render.Port, hub.Port], ofGroup.Publishers.Select(peer => peer.Id.Port).Order());
        Assert.Equal([hub.Id], ofHubs.Publishers.Select(peer => peer.Id));
        Assert.DoesNotContain(other.Subscriptions, name => !name.StartsWith("catalogue ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_handler_that_throws_is_logged_and_counted_and_halts_nothing()
    {
        _peers.Log.Expect(524);
        var publisher = await _peers.StartAsync();
        var subscriber = await _peers.StartAsync();
        var seen = new Seen<int>();
        using var subscription = await subscriber.SubscribeAsync(
            "e",
            (int number) =>
            {
                seen.Add(number);
                throw new InvalidOperationException("Handler.");
            },
            cancellationToken: Limit);

        await publisher.RaiseAsync("e", [1]);
        await publisher.RaiseAsync("e", [2]);

        Assert.Equal([1, 2], await seen.TakeAsync(2, Limit));
        await _peers.Log.WaitForAsync(524, Limit);
        await Wait.UntilAsync(() => subscription.Failed == 2, Limit);
    }

    [Fact]
    public async Task Arguments_that_fit_no_handler_are_logged_and_counted_on_both_sides()
    {
        var publisher = await _peers.StartAsync();
        var subscriber = await _peers.StartAsync();
        var seen = new Seen<int>();
        using var subscription = await subscriber.SubscribeAsync("e", (int number) => seen.Add(number), cancellationToken: Limit);

        await publisher.RaiseAsync("e", ["text"]);
        await publisher.RaiseAsync("e", [1, 2]);
        await publisher.RaiseAsync("e", [3]);

        Assert.Equal([3], await seen.TakeAsync(1, Limit));
        Assert.Equal(2, subscription.Failed);
        await _peers.Log.WaitForAsync(525, Limit);

        // Where both have dialled each other at once, what was told over the link that went is told again over the other one.
        var told = _peers.Log.WaitForAsync(507, Limit);
        while (!told.IsCompleted)
        {
            await publisher.RaiseAsync("e", ["text"]);
            await Task.WhenAny(told, Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Limit));
        }

        await told;
    }

    [Fact]
    public async Task A_handler_that_hangs_holds_up_no_other()
    {
        var publisher = await _peers.StartAsync();
        var subscriber = await _peers.StartAsync();
        using var gate = new ManualResetEventSlim();
        var seen = new Seen<int>();
        using var hanging = await subscriber.SubscribeAsync("e", () => gate.Wait(Limit), cancellationToken: Limit);
        using var first = await subscriber.SubscribeAsync("e", seen.Add, cancellationToken: Limit);
        using var alsoHanging = await subscriber.SubscribeAsync("e", (int _) => gate.Wait(Limit), cancellationToken: Limit);
        using var second = await subscriber.SubscribeAsync("e", async (int number) =>
        {
            await Task.Yield();
            seen.Add(number);
        }, cancellationToken: Limit);

        for (var i = 0; i < 100; i++)
        {
            await publisher.RaiseAsync("e", [i]);
        }

        Assert.Equal(200, (await seen.TakeAsync(200, Limit)).Count);
        gate.Set();
    }

    [Fact]
    public async Task A_peer_subscribes_to_itself_when_it_is_named_and_a_handler_raises()
    {
        var peer = await _peers.StartAsync();
        var seen = new Seen<int>();
        var self = peer.GetPeer(peer.Id);
        using var subscription = await peer.SubscribeAsync(
            "e",
            async (int number) =>
            {
                seen.Add(number);
                if (number < 5)
                {
                    await peer.RaiseAsync("e", [number + 1]);
                }
            },
            self,
            Limit);

        await peer.RaiseAsync("e", [1]);

        Assert.Equal([1, 2, 3, 4, 5], await seen.TakeAsync(5, Limit));
    }

    [Fact]
    public async Task A_handler_runs_on_the_peer_that_subscribed()
    {
        var publisher = await _peers.StartAsync();
        var subscriber = await _peers.StartAsync();
        var seen = new Seen<PeerId>();
        using var subscription = await subscriber.SubscribeAsync(
            "e",
            (EventContext context) =>
            {
                seen.Add(Net.Peer.Id);
                seen.Add(context.Publisher.Id);
            },
            cancellationToken: Limit);

        await publisher.RaiseAsync("e", []);

        Assert.Equal([subscriber.Id, publisher.Id], await seen.TakeAsync(2, Limit));
    }

    [Fact]
    public async Task After_disposing_no_event_is_handed_out()
    {
        var publisher = await _peers.StartAsync();
        var subscriber = await _peers.StartAsync();
        var seen = new Seen<int>();
        using var gate = new ManualResetEventSlim();
        var subscription = await subscriber.SubscribeAsync(
            "e",
            (int number) =>
            {
                seen.Add(number);
                gate.Wait(Limit);
            },
            cancellationToken: Limit);
        for (var i = 0; i < 10; i++)
        {
            await publisher.RaiseAsync("e", [i]);
        }

        await seen.TakeAsync(1, Limit);
        subscription.Dispose();
        gate.Set();
        await publisher.UntilSubscribedAsync("e", 0, Limit);

        Assert.Equal(0, seen.Count);
        Assert.DoesNotContain(subscriber.Subscriptions.Rules, rule => rule.EventName == "e");
    }

    [Fact]
    public async Task A_stream_binds_to_the_value_itself_or_to_its_constructor()
    {
        var publisher = await _peers.StartAsync();
        var subscriber = await _peers.StartAsync();
        await using var frames = subscriber.SubscribeAsync<Frame>("frame", cancellationToken: Limit).GetAsyncEnumerator(Limit);
        var next = frames.MoveNextAsync();
        await publisher.UntilSubscribedAsync("frame", 1, Limit);

        await publisher.RaiseAsync("frame", [1, "a"]);
        await publisher.RaiseAsync("frame", [new Frame(2, "b")]);
        await publisher.RaiseAsync("frame", new EventArguments { ["path"] = "c", ["number"] = 3 });

        foreach (var expected in new[] { new Frame(1, "a"), new Frame(2, "b") })
        {
            Assert.True(await next);
            Assert.Equal(expected, frames.Current.Value);
            Assert.Equal(expected.Number, frames.Current.Number);
            Assert.Equal(0, frames.Current.Missed);
            next = frames.MoveNextAsync();
        }

        // The names are those of the constructor's parameters.
        await publisher.RaiseAsync("frame", new EventArguments { ["Path"] = "d", ["Number"] = 4 });
        Assert.True(await next);
        Assert.Equal(new Frame(4, "d"), frames.Current.Value);
    }

    [Fact]
    public async Task Rules_of_the_process_begin_when_a_peer_starts()
    {
        var name = $"catalogue {Guid.NewGuid()}";
        var seen = new Seen<int>();
        var handler = DelegateConnection.Create(name, seen.Add);

        // From here on every peer of this process that starts has this rule: other tests look at their own names only.
        SubscriptionCatalogue.Add(new SubscriptionDefinition(name, handler));
        var publisher = await _peers.StartAsync();
        await _peers.StartAsync();
        await publisher.UntilSubscribedAsync(name, 1, Limit);

        await publisher.RaiseAsync(name, [1]);

        Assert.Equal([1], await seen.TakeAsync(1, Limit));
    }

    [Fact]
    public async Task Ten_thousand_subscriptions_each_get_their_event()
    {
        var publisher = await _peers.StartAsync();
        var subscriber = await _peers.StartAsync();
        var seen = new Seen<int>();
        var from = publisher.Handle(subscriber);
        await Task.WhenAll(Enumerable.Range(0, 10_000).Select(i => subscriber.SubscribeAsync($"e{i}", seen.Add, from, Limit)));

        for (var i = 0; i < 10_000; i++)
        {
            await publisher.RaiseAsync($"e{i}", [i]);
        }

        var got = await seen.TakeAsync(10_000, Limit);
        Assert.Equal(Enumerable.Range(0, 10_000), got.Order());
    }

    [Fact]
    public async Task An_argument_that_cannot_be_sent_fails_at_the_raiser()
    {
        var publisher = await _peers.StartAsync();
        var subscriber = await _peers.StartAsync();
        var seen = new Seen<int>();
        using var subscription = await subscriber.SubscribeAsync("e", seen.Add, cancellationToken: Limit);

        var unserializable = await Assert.ThrowsAsync<NetException>(() => publisher.RaiseAsync("e", [typeof(int)]));
        var tooLarge = await Assert.ThrowsAsync<NetException>(() => publisher.RaiseAsync("e", [new string('a', 17 * 1024 * 1024)]));
        await publisher.RaiseAsync("e", [1]);

        Assert.Equal(NetError.BadArguments, unserializable.Error);
        Assert.Equal(NetError.TooLarge, tooLarge.Error);
        Assert.Equal([1], await seen.TakeAsync(1, Limit));
        Assert.Equal(0, subscription.Missed);
    }

    [Fact]
    public async Task A_subscription_that_nobody_could_ever_match_is_an_error()
    {
        var peer = await _peers.StartAsync();
        Peer[] nobody = [];

        await Assert.ThrowsAsync<ArgumentException>("groups", () => peer.SubscribeAsync("e", () => { }, groups: [""], cancellationToken: Limit));
        await Assert.ThrowsAsync<ArgumentException>("groups", () => peer.SubscribeAsync("e", () => { }, groups: [], cancellationToken: Limit));
        await Assert.ThrowsAsync<ArgumentException>("from", () => peer.SubscribeAsync("e", () => { }, from: nobody, cancellationToken: Limit));
        Assert.Throws<ArgumentException>("from", () => peer.SubscribeAsync<int>("e", from: nobody, cancellationToken: Limit));
    }

    [Fact]
    public async Task Groups_that_change_after_subscribing_change_nothing()
    {
        var subscriber = await _peers.StartAsync();
        List<string> groups = ["render"];
        using var subscription = await subscriber.SubscribeAsync("e", () => { }, groups: groups, cancellationToken: Limit);
        groups[0] = "other";

        var publisher = await _peers.StartAsync(options => options.Group = "render");

        await publisher.UntilSubscribedAsync("e", 1, Limit);
    }

    [Fact]
    public async Task An_event_that_is_too_large_for_a_subscriber_is_told_as_that()
    {
        var publisher = await _peers.StartAsync();
        var subscriber = await _peers.StartAsync(options => options.MaxMessageBytes = 64 * 1024);
        using var subscription = await subscriber.SubscribeAsync("e", (string _) => { }, cancellationToken: Limit);

        await publisher.RaiseAsync("e", [new string('a', 200_000)]);
        await publisher.RaiseAsync("e", ["b"]);

        await _peers.Log.WaitForAsync(509, Limit);
        await Wait.UntilAsync(() => subscription.Handled == 1, Limit);
        Assert.Equal(1, subscription.Missed);
    }

    [Fact]
    public async Task To_raise_on_a_peer_that_has_left_fails_in_every_form()
    {
        var peer = await _peers.StartAsync();
        var raised = peer.Event<int>("e");
        await raised.RaiseAsync(1);
        await peer.StopAsync(Limit);

        var typed = await Assert.ThrowsAsync<NetException>(() => raised.RaiseAsync(2));
        var named = await Assert.ThrowsAsync<NetException>(() => peer.RaiseAsync("e", [2]));

        Assert.Equal((NetError.Refused, NetError.Refused), (typed.Error, named.Error));
    }

    private sealed record Frame(int Number, string Path);
}
