using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using AppNet.Connections;
using AppNet.Events;
using AppNet.Links;
using AppNet.TestKit;
using AppNet.Tests.Links;
using Xunit;

namespace AppNet.Tests.Events;

/// <summary>What the rules make of sources of publishers and of links that fail or are late.</summary>
public sealed class EventHubTests : IDisposable
{
    private readonly LinkThreads _threads = new(TimeProvider.System, TimeSpan.Zero);
    private readonly LogRecorder _log = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _threads.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task A_search_that_is_older_than_a_departure_brings_nobody_back()
    {
        var gone = new PublisherPresence(Sample.Info(port: 4_001), IsThere: true, IsOnHost: true);
        var publishers = new Publishers { Found = [gone], Told = [gone with { IsThere = false }], TellsWhenAsked = true };
        var links = new FailingLinks();
        await using var hub = Hub(publishers, links);

        var rule = await hub.SubscribeAsync("e", DelegateConnection.Create("e", () => { }), new RuleFilter(), new object(), Token).Within();

        Assert.True(rule.Tried.IsCompleted);
        Assert.Equal(0, links.Dials);
    }

    [Fact]
    public async Task A_publisher_that_fails_in_an_unexpected_way_is_tried_again()
    {
        var there = new PublisherPresence(Sample.Info(port: 4_001), IsThere: true, IsOnHost: true);
        var links = new FailingLinks();
        await using var hub = Hub(new Publishers { Told = [there] }, links);

        _ = hub.Add("e", DelegateConnection.Create("e", () => { }), new RuleFilter());

        await links.DialledTwice.Within();
        await _log.WaitForAsync(530, Token).Within();
    }

    [Fact]
    public async Task A_publisher_that_is_named_by_several_names_of_this_host_is_subscribed_to_once()
    {
        var there = new PublisherPresence(Sample.Info(port: 4_001) with { Host = "127.0.0.1" }, IsThere: true, IsOnHost: true);
        PeerId[] names = [new("localhost", 4_001), new("127.0.0.1", 4_001), new("::1", 4_001), new(Environment.MachineName, 4_001)];
        var links = new FailingLinks();
        await using var hub = Hub(new Publishers { Found = [there], Told = [there] }, links);
        var filter = new RuleFilter(Peers: names);

        var rule = await hub.SubscribeAsync("e", DelegateConnection.Create("e", () => { }), filter, new object(), Token).Within();
        await rule.Tried.Within();

        Assert.True(new RuleFilter(Peers: names[..1]).Matches(there));
        Assert.Single(links.Dialled);
        Assert.Equal(new RuleFilter(Peers: names[..1]).Text, filter.Text);
    }

    [Fact]
    public async Task A_watch_that_fails_begins_anew()
    {
        var time = new ManualTimeProvider();
        _log.Expect(528);
        var publishers = new Publishers { FailsFirst = true };
        await using var hub = Hub(publishers, new FailingLinks(), time);
        _ = hub.Add("e", DelegateConnection.Create("e", () => { }), new RuleFilter());
        await time.WaitForTimerAsync(TimeSpan.FromSeconds(5)).Within();

        time.Advance(TimeSpan.FromSeconds(5));

        await publishers.Watched.Within();
    }

    private EventHub Hub(IPublisherSource publishers, ILinkSource links, TimeProvider? time = null) => new(new EventOptions
    {
        Instance = Guid.NewGuid(),
        Links = links,
        Publishers = publishers,
        Threads = _threads,
        Context = ExecutionContext.Capture()!,
        SerializerOptions = JsonSerializerOptions.Default,
        Logger = _log.CreateLogger("AppNet"),
        Time = time ?? TimeProvider.System,
    });

    private sealed class Publishers : IPublisherSource
    {
        private readonly TaskCompletionSource _watched = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _watches;

        public IReadOnlyList<PublisherPresence> Found { get; init; } = [];

        public IReadOnlyList<PublisherPresence> Told { get; init; } = [];

        public bool FailsFirst { get; init; }

        /// <summary>Whether the watch tells nothing before a search has begun.</summary>
        public bool TellsWhenAsked { get; init; }

        /// <summary>Ends when all that there is to tell was told and taken note of.</summary>
        public Task Watched => _watched.Task;

        public async Task<IReadOnlyList<PublisherPresence>> FindAsync(bool onHost, CancellationToken cancellationToken)
        {
            _asked.TrySetResult();
            await Watched.WaitAsync(cancellationToken);
            return Found;
        }

        public async IAsyncEnumerable<PublisherPresence> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref _watches) == 1 && FailsFirst)
            {
                throw new InvalidOperationException("Watch.");
            }

            await (TellsWhenAsked ? _asked.Task : Task.CompletedTask).WaitAsync(cancellationToken);
            foreach (var presence in Told)
            {
                yield return presence;
            }

            _watched.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }
    }

    private sealed class FailingLinks : ILinkSource
    {
        private readonly TaskCompletionSource _dialledTwice = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ConcurrentDictionary<PeerId, bool> _dialled = new();
        private int _dials;

        public IEnumerable<PeerId> Dialled => _dialled.Keys;

        public int Dials => Volatile.Read(ref _dials);

        public Task DialledTwice => _dialledTwice.Task;

        public bool TryGetLink(Peer peer, [NotNullWhen(true)] out Link? link)
        {
            link = null;
            return false;
        }

        public ValueTask<Link> GetLinkAsync(Peer peer, CancellationToken cancellationToken)
        {
            _dialled[peer.Id] = true;
            if (Interlocked.Increment(ref _dials) == 2)
            {
                _dialledTwice.TrySetResult();
            }

            throw new InvalidOperationException("Dial.");
        }
    }
}
