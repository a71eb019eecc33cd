using System.Runtime.CompilerServices;
using AppNet.Discovery;
using AppNet.Peers;
using AppNet.TestKit;
using AppNet.Tests.Events;
using AppNet.Tests.Links;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace AppNet.Tests.Peers;

/// <summary>When sources are asked, and what is waited for.</summary>
public sealed class PeerFinderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_search_asks_once_then_answers_from_what_is_known_until_a_refresh()
    {
        var host = new Source(isOnHost: true, port: 4_001);
        var network = new Source(isOnHost: false, port: 4_002);
        await using var finder = Finder(host, network);

        var first = await finder.FindAsync(new PeerQuery(), refresh: false, Token).Within();
        _ = await finder.FindAsync(new PeerQuery { HubsOnly = true }, refresh: false, Token).Within();
        _ = await finder.FindAsync(new PeerQuery { Groups = ["render"] }, refresh: false, Token).Within();
        var asked = (host.Searches, network.Searches);
        _ = await finder.FindAsync(new PeerQuery(), refresh: true, Token).Within();

        Assert.Equal([4_001, 4_002], first.Select(record => record.Info.Port).Order());
        Assert.Equal((1, 1), asked);
        Assert.Equal((2, 2), (host.Searches, network.Searches));
    }

    [Fact]
    public async Task A_search_on_this_host_asks_nobody_beyond_it()
    {
        var host = new Source(isOnHost: true, port: 4_001);
        var network = new Source(isOnHost: false, port: 4_002) { Answer = new TaskCompletionSource() };
        await using var finder = Finder(host, network);
        var query = new PeerQuery { OnHost = true };

        var first = await finder.FindAsync(query, refresh: false, Token).Within();
        var refreshed = await finder.FindAsync(query, refresh: true, Token).Within();

        Assert.Equal([4_001], first.Select(record => record.Info.Port));
        Assert.Equal([4_001], refreshed.Select(record => record.Info.Port));
        Assert.Equal(0, network.Searches);
    }

    [Fact]
    public async Task The_first_search_waits_until_every_source_has_answered_or_timed_out()
    {
        var time = new ManualTimeProvider();
        var host = new Source(isOnHost: true, port: 4_001);
        var network = new Source(isOnHost: false, port: 4_002) { Answer = new TaskCompletionSource() };
        await using var finder = Finder(time, host, network);
        var search = finder.FindAsync(new PeerQuery(), refresh: false, Token);
        await time.WaitForTimerAsync(PeerTable.SourceLimit);
        await network.Asked.Within();
        Assert.False(search.IsCompleted);

        time.Advance(PeerTable.SourceLimit);

        Assert.Equal([4_001], (await search.Within()).Select(record => record.Info.Port));
    }

    [Fact]
    public async Task A_search_on_this_host_does_not_wait_for_one_that_waits_for_the_network()
    {
        var host = new Source(isOnHost: true, port: 4_001);
        var network = new Source(isOnHost: false, port: 4_002) { Answer = new TaskCompletionSource() };
        await using var finder = Finder(new ManualTimeProvider(), host, network);
        var everywhere = finder.FindAsync(new PeerQuery(), refresh: false, Token);
        await network.Asked.Within();

        var onHost = await finder.FindAsync(new PeerQuery { OnHost = true }, refresh: false, Token).Within();

        Assert.Equal([4_001], onHost.Select(record => record.Info.Port));
        Assert.False(everywhere.IsCompleted);
        network.Answer.SetResult();
        Assert.Equal(2, (await everywhere.Within()).Count);
    }

    [Fact]
    public async Task Who_begins_to_watch_while_the_last_look_ends_has_the_sources_asked()
    {
        var time = new EndingTime();
        var host = new Source(isOnHost: true, port: 4_001);
        await using var finder = Finder(time, host);
        var second = finder.WatchAsync(Token).GetAsyncEnumerator(Token);
        var hasBegun = new TaskCompletionSource<Task<bool>>(TaskCreationOptions.RunContinuationsAsynchronously);
        time.LoopEnds = () =>
        {
            time.LoopEnds = null;
            hasBegun.SetResult(second.MoveNextAsync().AsTask());
        };
        var first = finder.WatchAsync(Token).GetAsyncEnumerator(Token);
        Assert.True(await first.MoveNextAsync().AsTask().Within());
        await first.DisposeAsync();
        await time.Manual.WaitForTimerAsync(TimeSpan.FromSeconds(1)).Within();
        var searches = host.Searches;

        time.Manual.Advance(TimeSpan.FromSeconds(1));
        var next = await hasBegun.Task.Within();
        await Wait.UntilAsync(() => host.Searches > searches, new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System).Token);

        Assert.True(await next.Within());
        await second.DisposeAsync();
    }

    private static PeerFinder Finder(params IPeerSource[] sources) => Finder(TimeProvider.System, sources);

    private static PeerFinder Finder(TimeProvider time, params IPeerSource[] sources) =>
        new(new PeerTable(Guid.NewGuid(), sources, time, NullLogger.Instance), time);

    private sealed class Source(bool isOnHost, int port) : IPeerSource
    {
        private readonly PeerRecord _peer = new() { Info = Sample.Info(port: port), IsOnHost = isOnHost };
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _searches;

        public string Name => $"source of {port}";

        public bool IsOnHost => isOnHost;

        public int Searches => Volatile.Read(ref _searches);

        public Task Asked => _asked.Task;

        /// <summary>Ends each search; null: it ends at once.</summary>
        public TaskCompletionSource? Answer { get; init; }

        public async IAsyncEnumerable<PeerRecord> FindAsync(PeerQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _searches);
            _asked.TrySetResult();
            await (Answer?.Task ?? Task.CompletedTask).WaitAsync(cancellationToken);
            yield return _peer;
        }
    }

    /// <summary>Time that stands still, and tells when the finder's loop, whose timer is the only periodic one, gives it up.</summary>
    private sealed class EndingTime : TimeProvider
    {
        public ManualTimeProvider Manual { get; } = new();

        public Action? LoopEnds { get; set; }

        public override DateTimeOffset GetUtcNow() => Manual.GetUtcNow();

        public override long TimestampFrequency => Manual.TimestampFrequency;

        public override long GetTimestamp() => Manual.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = Manual.CreateTimer(callback, state, dueTime, period);
            return period > TimeSpan.Zero ? new EndingTimer(timer, this) : timer;
        }

        private sealed class EndingTimer(ITimer timer, EndingTime time) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

            public void Dispose()
            {
                timer.Dispose();
                time.LoopEnds?.Invoke();
            }

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
