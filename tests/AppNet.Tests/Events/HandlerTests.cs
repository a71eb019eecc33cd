using AppNet.TestKit;
using Microsoft.Extensions.Logging;
using Xunit;

namespace AppNet.Tests.Events;

/// <summary>What is promised of handlers and of the rules that bring them events.</summary>
public sealed class HandlerTests : IAsyncDisposable
{
    private const int HandlerHangs = 526;

    private readonly EventPeers _peers = new();

    private CancellationToken Limit => _peers.Limit;

    public async ValueTask DisposeAsync() => await _peers.DisposeAsync();

    [Fact]
    public async Task A_handler_that_hangs_is_reported_once_with_its_event()
    {
        var time = new ManualTimeProvider();
        var publisher = await _peers.StartAsync();
        var subscriber = await _peers.StartAsync(options =>
        {
            options.TimeProvider = time;

            // The clock moves by far more than what counts as silence.
            var patient = new KeepAliveOptions { PingAfter = TimeSpan.FromMinutes(20), DoubtAfter = TimeSpan.FromMinutes(30), LostAfter = TimeSpan.FromMinutes(40) };
            (options.KeepAliveOnHost, options.KeepAliveOnNetwork) = (patient, patient);
        });
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var gate = new ManualResetEventSlim();
        using var subscription = await subscriber.SubscribeAsync(
            "e",
            () =>
            {
                begun.TrySetResult();
                gate.Wait(Limit);
            },
            publisher.Handle(subscriber),
            Limit);
        await publisher.RaiseAsync("e", []);
        await begun.Task.WaitAsync(Limit);

        for (var i = 0; i < 6; i++)
        {
            time.Advance(TimeSpan.FromSeconds(10));
        }

        var entry = Assert.Single(_peers.Log.Entries, entry => entry.EventId.Id == HandlerHangs);
        gate.Set();
        Assert.Equal(LogLevel.Warning, entry.Level);
        Assert.Contains($"'e' has been busy with number 1 of {publisher.Id}", entry.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Peers_of_other_hosts_are_not_meant_where_only_this_host_is()
    {
        var near = await _peers.StartAsync();
        var far = await _peers.StartOnAsync("elsewhere");
        var subscriber = await _peers.StartAsync();

        using var onHost = await subscriber.SubscribeAsync("e", () => { }, onHost: true, cancellationToken: Limit);
        using var anywhere = await subscriber.SubscribeAsync("e", () => { }, cancellationToken: Limit);
        using var named = await subscriber.SubscribeAsync(
            "e", () => { }, from: [near.Handle(subscriber), far.Handle(subscriber)], onHost: true, cancellationToken: Limit);

        Assert.Equal([near.Id], onHost.Publishers.Select(peer => peer.Id));
        Assert.Equal([near.Id], named.Publishers.Select(peer => peer.Id));
        Assert.Equal(new HashSet<PeerId> { near.Id, far.Id }, anywhere.Publishers.Select(peer => peer.Id).ToHashSet());
        Assert.Equal([near.Id], (await subscriber.GetPeersAsync(onHost: true, cancellationToken: Limit)).Select(peer => peer.Id));
    }

    [Fact]
    public async Task Each_event_has_a_line_on_both_sides_with_its_number()
    {
        using var log = new LogRecorder();
        var publisher = await _peers.StartAsync(options => options.LoggerFactory = log);
        var subscriber = await _peers.StartAsync(options => options.LoggerFactory = log);
        await publisher.RaiseAsync("e", []);
        using var subscription = await subscriber.SubscribeAsync("e", () => { }, publisher.Handle(subscriber), Limit);
        await publisher.RaiseAsync("e", []);
        var handled = await log.WaitForAsync(529, Limit);

        Assert.Equal($"'e' 2 of {publisher.Id} goes to its handler.", handled.Message);
        Assert.Equal(
            ["'e' 1 is raised, for 0 subscriptions.", "'e' 2 is raised, for 1 subscriptions."],
            log.Entries.Where(entry => entry.EventId.Id == 508).Select(entry => entry.Message));
    }

    [Fact]
    public async Task Several_handlers_get_one_event_and_one_handler_gets_several_events()
    {
        var publisher = await _peers.StartAsync();
        var subscriber = await _peers.StartAsync();
        var seen = new Seen<string>();
        Action<string> shared = text => seen.Add($"shared {text}");
        using var first = await subscriber.SubscribeAsync("a", shared, cancellationToken: Limit);
        using var second = await subscriber.SubscribeAsync("b", shared, cancellationToken: Limit);
        using var third = await subscriber.SubscribeAsync("a", (string text) => seen.Add($"own {text}"), cancellationToken: Limit);

        await publisher.RaiseAsync("a", ["1"]);
        await publisher.RaiseAsync("b", ["2"]);

        Assert.Equal(["own 1", "shared 1", "shared 2"], (await seen.TakeAsync(3, Limit)).Order());
    }

    [Fact]
    public async Task From_takes_one_peer_several_or_a_directory()
    {
        var one = await _peers.StartAsync(options => options.Group = "show");
        var other = await _peers.StartAsync(options => options.Group = "show");
        _ = await _peers.StartAsync();
        var subscriber = await _peers.StartAsync();
        var directory = await subscriber.GetPeersAsync("show", cancellationToken: Limit);

        using var ofOne = await subscriber.SubscribeAsync("e", () => { }, one.Handle(subscriber), Limit);
        using var ofTwo = await subscriber.SubscribeAsync("e", () => { }, from: [one.Handle(subscriber), other.Handle(subscriber)], cancellationToken: Limit);
        using var ofDirectory = await subscriber.SubscribeAsync("e", () => { }, from: directory, cancellationToken: Limit);

        var both = new HashSet<PeerId> { one.Id, other.Id };
        Assert.Equal([one.Id], ofOne.Publishers.Select(peer => peer.Id));
        Assert.Equal(both, ofTwo.Publishers.Select(peer => peer.Id).ToHashSet());
        Assert.Equal(both, ofDirectory.Publishers.Select(peer => peer.Id).ToHashSet());
        Assert.Equal(both, ofDirectory.Peers!.ToHashSet());
    }

    [Fact]
    public async Task A_handler_may_end_its_own_subscription()
    {
        var publisher = await _peers.StartAsync();
        var subscriber = await _peers.StartAsync();
        var seen = new Seen<int>();
        Subscription? subscription = null;
        subscription = await subscriber.SubscribeAsync(
            "e",
            (int value) =>
            {
                subscription!.Dispose();
                seen.Add(value);
            },
            publisher.Handle(subscriber),
            Limit);

        await publisher.RaiseAsync("e", [1]);
        await publisher.RaiseAsync("e", [2]);
        await publisher.UntilSubscribedAsync("e", 0, Limit);

        Assert.Equal([1], await seen.TakeAsync(1, Limit));
        Assert.Equal(0, seen.Count);
    }

    [Fact]
    public async Task A_subscriber_that_vanishes_in_mid_delivery_is_pruned_and_halts_nothing()
    {
        FaultyTransport faults = null!;
        FaultyTransport publisherFaults = null!;
        var publisher = await _peers.StartAsync(null, inner => publisherFaults = new FaultyTransport(inner, 6));
        var vanishing = await _peers.StartAsync(null, inner => faults = new FaultyTransport(inner, 5));
        var staying = await _peers.StartAsync();
        var seen = new Seen<int>();
        using var gate = new ManualResetEventSlim();
        using var stuck = await vanishing.SubscribeAsync("e", (int _) => gate.Wait(Limit), publisher.Handle(vanishing), Limit);
        using var subscription = await staying.SubscribeAsync("e", seen.Add, publisher.Handle(staying), Limit);
        await publisher.RaiseAsync("e", [0]);

        faults.FailConnects("Gone.");
        publisherFaults.FailConnects("Gone.");

        foreach (var duplex in faults.Duplexes)
        {
            duplex.Receiving.CutAfter(10);
        }

        for (var i = 1; i < 1_000; i++)
        {
            await publisher.RaiseAsync("e", [i], EventQueueFull.Wait);
        }

        Assert.Equal(Enumerable.Range(0, 1_000), await seen.TakeAsync(1_000, Limit));
        await publisher.UntilSubscribedAsync("e", 1, Limit);
        var pruned = await _peers.Log.WaitForAsync(502, Limit);
        gate.Set();
        Assert.Equal(LogLevel.Information, pruned.Level);
        Assert.Contains("is gone", pruned.Message, StringComparison.Ordinal);
    }
}
