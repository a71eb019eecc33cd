using System.Collections.Concurrent;
using AppNet.Discovery;
using AppNet.Transport;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace AppNet.Tests.Discovery;

public sealed class PortRangeSourceTests : IDisposable
{
    private readonly SteppedTime _time = new();
    private readonly Probe _probe = new();
    private readonly PortRangeSource _source;

    public PortRangeSourceTests()
    {
        _source = new PortRangeSource(_probe, 3010, 5, threadLimit: 5, _time, NullLogger.Instance);
    }

    public void Dispose() => _source.Dispose();

    [Fact]
    public async Task Each_port_of_the_range_is_asked_its_end_included()
    {
        _ = await FindAsync(_source);

        Assert.Equal([3010, 3011, 3012, 3013, 3014, 3015], _probe.Asked.Order());
    }

    [Fact]
    public async Task Peers_are_found_behind_ports_with_something_else()
    {
        _probe[3010] = _ => throw new IOException("An HTTP server.");
        _probe[3011] = _ => ValueTask.FromResult(ProbeResult.Foreign);
        _probe[3013] = Found(3013);
        _probe[3015] = Found(3015);
        var found = await FindAsync(_source);

        Assert.Equal([3013, 3015], found.Select(peer => peer.Info.Port).Order());
        Assert.All(found, peer => Assert.Equal(new TransportAddress("tcp", "127.0.0.1", peer.Info.Port), Assert.Single(peer.Addresses)));
        Assert.All(found, peer => Assert.True(peer.IsOnHost));
    }

    [Fact]
    public async Task A_port_that_never_answers_uses_up_its_own_time_only()
    {
        _probe[3010] = NeverAsync;
        _probe[3012] = Found(3012);
        await using var found = _source.FindAsync(new PeerQuery(), TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);

        Assert.True(await found.MoveNextAsync());
        Assert.Equal(3012, found.Current.Info.Port);

        var rest = found.MoveNextAsync().AsTask();
        _time.Advance(PortRangeSource.ProbeLimit);
        Assert.False(await rest);
    }

    [Fact]
    public async Task A_peer_that_is_late_once_is_not_taken_to_have_left_and_one_whose_port_is_closed_is()
    {
        _probe[3012] = Found(3012);
        _ = await FindAsync(_source);

        _probe[3012] = NeverAsync;
        var late = FindAsync(_source);
        _time.Advance(PortRangeSource.ProbeLimit);
        Assert.Single(await late);

        _probe[3012] = _ => ValueTask.FromResult(ProbeResult.Nothing);
        Assert.Empty(await FindAsync(_source));
    }

    [Fact]
    public async Task No_more_ports_are_asked_at_once_than_allowed()
    {
        var running = 0;
        var most = 0;
        for (var port = 4000; port <= 4100; port++)
        {
            _probe[port] = async _ =>
            {
                InterlockedMax(ref most, Interlocked.Increment(ref running));
                await Task.Yield();
                Interlocked.Decrement(ref running);
                return ProbeResult.Nothing;
            };
        }

        using var source = new PortRangeSource(_probe, 4000, 100, threadLimit: 1, _time, NullLogger.Instance);
        _ = await FindAsync(source);

        Assert.Equal(101, _probe.Asked.Count);
        Assert.InRange(most, 1, 16);
    }

    [Fact]
    public async Task Cancelling_ends_the_search()
    {
        _probe[3010] = NeverAsync;
        using var stop = new CancellationTokenSource();
        var search = Task.Run(async () => await _source.FindAsync(new PeerQuery(), stop.Token).ToListAsync(CancellationToken.None), TestContext.Current.CancellationToken);
        await _time.TimerSetAsync();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => search);
    }

    private static Func<CancellationToken, ValueTask<ProbeResult>> Found(int port)
    {
        var peer = new PeerRecord { Info = Sample.Info(port: port) };
        return _ => ValueTask.FromResult(ProbeResult.Found(peer));
    }

    private static async ValueTask<ProbeResult> NeverAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        return ProbeResult.Nothing;
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = most; value > seen; seen = most)
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }

    private static Task<List<PeerRecord>> FindAsync(PortRangeSource source) =>
        source.FindAsync(new PeerQuery(), TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken).AsTask();

    private sealed class Probe : IPortProbe
    {
        private readonly ConcurrentDictionary<int, Func<CancellationToken, ValueTask<ProbeResult>>> _answers = new();

        public ConcurrentQueue<int> Asked { get; } = new();

        public Func<CancellationToken, ValueTask<ProbeResult>> this[int port]
        {
            set => _answers[port] = value;
        }

        public ValueTask<ProbeResult> ProbeAsync(string host, int port, CancellationToken cancellationToken)
        {
            Assert.Equal("127.0.0.1", host);
            Asked.Enqueue(port);
            return _answers.TryGetValue(port, out var answer) ? answer(cancellationToken) : ValueTask.FromResult(ProbeResult.Nothing);
        }
    }
}
