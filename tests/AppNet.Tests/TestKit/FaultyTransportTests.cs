using AppNet.Conformance;
using AppNet.TestKit;
using AppNet.Transport;
using Xunit;

namespace AppNet.Tests.TestKit;

public sealed class FaultyTransportTests
{
    private static readonly TimeSpan Safety = TimeSpan.FromSeconds(30);
    private readonly FaultyTransport _transport = new(new MemoryNetwork().OpenTransport(), seed: 11);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Bytes_held_on_the_sending_side_arrive_when_they_may_pass(bool blocking)
    {
        using var pair = await OpenAsync();
        var near = (FaultyDuplex)pair.Near;
        near.Sending.Hold();

        Assert.Equal(0, near.TrySend(Traffic.One(1)));
        var sending = near.SendAsync(Traffic.One(2, 3), Cancelled).AsTask();
        Assert.Equal(-1, pair.Far.Receive(new byte[8], TimeSpan.FromMilliseconds(20)));
        Assert.False(sending.IsCompleted);
        near.Sending.Pass();
        await sending.WaitAsync(Safety, TimeProvider.System, Cancelled);

        byte[] buffer = new byte[8];
        int count = blocking ? pair.Far.Receive(buffer, Safety) : await pair.Far.ReceiveAsync(buffer, Cancelled);
        Assert.Equal([2, 3], buffer[..count]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Bytes_held_on_the_receiving_side_wait_also_for_a_receive_under_way(bool blocking)
    {
        using var pair = await OpenAsync();
        var far = (FaultyDuplex)pair.Far;
        byte[] buffer = new byte[8];
        var receiving = blocking
            ? Task.Run(() => far.Receive(buffer, Timeout.InfiniteTimeSpan), Cancelled)
            : far.ReceiveAsync(buffer, Cancelled).AsTask();

        far.Receiving.Hold();
        await pair.Near.SendAsync(Traffic.One(5), Cancelled);
        var early = await Task.WhenAny(receiving, Task.Delay(TimeSpan.FromMilliseconds(30), TimeProvider.System, Cancelled));
        Assert.NotSame(receiving, early);
        far.Receiving.Pass();

        Assert.Equal(1, await receiving.WaitAsync(Safety, TimeProvider.System, Cancelled));
        Assert.Equal(5, buffer[0]);
    }

    [Fact]
    public async Task Dropped_bytes_are_gone_and_later_ones_arrive()
    {
        using var pair = await OpenAsync();
        var near = (FaultyDuplex)pair.Near;

        near.Sending.Drop();
        await near.SendAsync(Traffic.One(1, 2, 3), Cancelled);
        near.Sending.Pass();
        await near.SendAsync(Traffic.One(4), Cancelled);

        Assert.Equal([4], await Traffic.ReceiveExactlyAsync(pair.Far, 1, Cancelled));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    public async Task A_receive_that_drops_waits_on(int size)
    {
        using var pair = await OpenAsync();
        var far = (FaultyDuplex)pair.Far;
        far.Receiving.Drop();
        var receiving = far.ReceiveAsync(new byte[size], Cancelled).AsTask();

        await pair.Near.SendAsync(Traffic.One(1, 2), Cancelled);
        pair.Near.CompleteSending();

        Assert.Equal(0, await receiving.WaitAsync(Safety, TimeProvider.System, Cancelled));
        Assert.Equal(0, await far.ReceiveAsync(new byte[8], Cancelled));
    }

    [Fact]
    public async Task A_cut_lets_exactly_so_many_bytes_through_and_ends_both_sides()
    {
        using var pair = await OpenAsync();
        var near = (FaultyDuplex)pair.Near;
        near.Sending.CutAfter(5);

        await Assert.ThrowsAsync<IOException>(async () => await near.SendAsync([new byte[4], new byte[4]], Cancelled));

        Assert.Equal(5, (await Traffic.ReceiveAllAsync(pair.Far, 1, Cancelled)).Length);
        Assert.Throws<IOException>(() => near.Receive(new byte[1], Timeout.InfiniteTimeSpan));
        Assert.Contains("broken", _transport.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cut_on_the_receiving_side_delivers_what_came_before()
    {
        using var pair = await OpenAsync();
        var far = (FaultyDuplex)pair.Far;
        far.Receiving.CutAfter(2);
        await pair.Near.SendAsync(Traffic.One(1, 2, 3), Cancelled);

        Assert.Equal([1, 2], await Traffic.ReceiveExactlyAsync(far, 2, Cancelled));
        await Assert.ThrowsAsync<IOException>(async () => await far.ReceiveAsync(new byte[1], Cancelled));
    }

    [Fact]
    public async Task Slow_bytes_come_one_by_one()
    {
        using var pair = await OpenAsync();
        ((FaultyDuplex)pair.Far).Receiving.Slow();
        await pair.Near.SendAsync(Traffic.One(1, 2, 3), Cancelled);
        byte[] buffer = new byte[8];

        int blocking = pair.Far.Receive(buffer, Safety);
        int waiting = await pair.Far.ReceiveAsync(buffer.AsMemory(blocking), Cancelled);
        int last = pair.Far.Receive(buffer.AsSpan(blocking + waiting), Safety);

        Assert.Equal((1, 1, 1), (blocking, waiting, last));
        Assert.Equal([1, 2, 3], buffer[..3]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_direction_fails_and_the_other_goes_on(bool blocking)
    {
        using var pair = await OpenAsync();
        var near = (FaultyDuplex)pair.Near;
        var receiving = blocking
            ? Task.Run(() => near.Receive(new byte[1], Timeout.InfiniteTimeSpan), Cancelled)
            : near.ReceiveAsync(new byte[1], Cancelled).AsTask();

        near.Receiving.Fail();

        await Assert.ThrowsAsync<IOException>(() => receiving.WaitAsync(Safety, TimeProvider.System, Cancelled));
        await near.SendAsync(Traffic.One(8), Cancelled);
        Assert.Equal([8], await Traffic.ReceiveExactlyAsync(pair.Far, 1, Cancelled));
    }

    [Fact]
    public async Task Connects_fail_or_wait_as_told()
    {
        using var listener = _transport.Listen(new TransportAddress("memory", "memory", 0));
        _transport.FailConnects("No route.");
        var failure = await Assert.ThrowsAsync<IOException>(async () => await _transport.ConnectAsync(listener.Address, Cancelled));
        _transport.FailConnects(null);
        _transport.HoldConnects();
        var connecting = _transport.ConnectAsync(listener.Address, Cancelled).AsTask();

        Assert.Equal("No route.", failure.Message);
        Assert.False(connecting.IsCompleted);
        _transport.ReleaseConnects();
        using var near = await connecting.WaitAsync(Safety, TimeProvider.System, Cancelled);
        Assert.Same(near, await _transport.WaitForDuplexAsync(1, Cancelled));
    }

    [Fact]
    public async Task The_same_seed_brings_the_same_faults_and_is_named()
    {
        long[] first = await PiecesAsync(seed: 4);
        long[] again = await PiecesAsync(seed: 4);
        long[] other = await PiecesAsync(seed: 5);

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.Contains("seed 11", _transport.ToString(), StringComparison.Ordinal);
    }

    private static async Task<long[]> PiecesAsync(int seed)
    {
        var transport = new FaultyTransport(new MemoryNetwork().OpenTransport(), seed);
        transport.OnOpened(duplex => duplex.Receiving.Slow(largestPiece: 50));
        using var pair = await DuplexPair.OpenAsync(transport, new TransportAddress("memory", "memory", 0), Cancelled);
        await pair.Near.SendAsync([new byte[1_000]], Cancelled);
        var sizes = new List<long>();
        for (long total = 0; total < 1_000; total += sizes[^1])
        {
            sizes.Add(pair.Far.Receive(new byte[1_000], Safety));
        }

        return [.. sizes];
    }

    private Task<DuplexPair> OpenAsync() => DuplexPair.OpenAsync(_transport, new TransportAddress("memory", "memory", 0), Cancelled);
}
