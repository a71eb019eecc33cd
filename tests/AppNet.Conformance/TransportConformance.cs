using AppNet.Transport;
using Xunit;

namespace AppNet.Conformance;

/// <summary>What every transport does. A transport's own test class inherits it and says how to make one.</summary>
public abstract partial class TransportConformance
{
    // Nothing here takes long; a failure has to end some time, on a loaded machine too.
    private static readonly TimeSpan Safety = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Makes the transport under test.</summary>
    internal abstract ITransport CreateTransport();

    /// <summary>Gives an address to listen at that nobody else uses.</summary>
    internal abstract TransportAddress FreeAddress();

    [Theory]
    [InlineData(1)]
    [InlineData(20261)]
    [InlineData(777)]
    public async Task Bytes_arrive_in_order_both_ways_at_once(int seed)
    {
        using var pair = await OpenAsync();
        byte[] there = Traffic.Bytes(3_000_000, seed);
        byte[] back = Traffic.Bytes(2_500_000, seed + 1);

        var sending = Task.Run(() => Traffic.SendAllAsync(pair.Near, there, seed + 2, Cancelled), Cancelled);
        var answering = Task.Run(() => Traffic.SendAllAsync(pair.Far, back, seed + 3, Cancelled), Cancelled);
        var arriving = Task.Run(() => Traffic.ReceiveAllAsync(pair.Far, seed + 4, Cancelled), Cancelled);
        var returning = Task.Run(() => Traffic.ReceiveAllAsync(pair.Near, seed + 5, Cancelled), Cancelled);
        await Task.WhenAll(sending, answering, arriving, returning).WaitAsync(Safety, TimeProvider.System, Cancelled);

        Assert.True(Enumerable.SequenceEqual(there, await arriving), $"What arrived differs, seed {seed}.");
        Assert.True(Enumerable.SequenceEqual(back, await returning), $"What came back differs, seed {seed}.");
    }

    [Fact]
    public async Task The_end_is_zero_again_and_again()
    {
        using var pair = await OpenAsync();
        byte[] buffer = new byte[8];

        await pair.Near.SendAsync(Traffic.One(1, 2, 3), Cancelled);
        pair.Near.CompleteSending();

        Assert.Equal([1, 2, 3], await Traffic.ReceiveExactlyAsync(pair.Far, 3, Cancelled));
        Assert.Equal(0, await pair.Far.ReceiveAsync(buffer, Cancelled));
        Assert.Equal(0, pair.Far.Receive(buffer, Timeout.InfiniteTimeSpan));
        Assert.Equal(0, await pair.Far.ReceiveAsync(Memory<byte>.Empty, Cancelled));
    }

    [Fact]
    public async Task After_one_side_ended_its_sending_the_other_goes_on()
    {
        using var pair = await OpenAsync();
        byte[] buffer = new byte[8];

        pair.Near.CompleteSending();
        Assert.Equal(0, await pair.Far.ReceiveAsync(buffer, Cancelled));
        await pair.Far.SendAsync(Traffic.One(4, 5), Cancelled);

        Assert.Equal([4, 5], await Traffic.ReceiveExactlyAsync(pair.Near, 2, Cancelled));
        Assert.Throws<IOException>(() => pair.Near.TrySend(Traffic.One(1)));
    }

    [Fact]
    public async Task Bytes_sent_before_disposing_still_arrive_also_while_a_receive_was_blocked()
    {
        using var pair = await OpenAsync();
        byte[] sent = Traffic.Bytes(50_000, 5);
        var blocked = InThread(() => pair.Near.Receive(new byte[1], Timeout.InfiniteTimeSpan));

        await pair.Near.SendAsync([sent], Cancelled);
        pair.Near.Dispose();

        Assert.Equal(sent, await Traffic.ReceiveAllAsync(pair.Far, 6, Cancelled).WaitAsync(Safety, TimeProvider.System, Cancelled));
        await AssertEndsAsGoneAsync(blocked);
    }

    [Fact]
    public async Task A_receive_without_bytes_times_out()
    {
        using var pair = await OpenAsync();
        byte[] buffer = new byte[8];

        Assert.Equal(-1, pair.Near.Receive(buffer, TimeSpan.Zero));
        Assert.Equal(-1, pair.Near.Receive(buffer, TimeSpan.FromMilliseconds(15)));
        Assert.Equal(-1, pair.Near.Receive(buffer, TimeSpan.FromMicroseconds(100)));
    }

    [Fact]
    public async Task A_blocked_receive_returns_what_arrives()
    {
        using var pair = await OpenAsync();
        byte[] buffer = new byte[8];
        var blocked = InThread(() => pair.Near.Receive(buffer, Timeout.InfiniteTimeSpan));

        await pair.Far.SendAsync(Traffic.One(7, 8), Cancelled);

        int count = await blocked.WaitAsync(Safety, TimeProvider.System, Cancelled);
        Assert.InRange(count, 1, 2);
        Assert.Equal(7, buffer[0]);
    }

    [Fact]
    public async Task A_receive_into_nothing_ends_when_bytes_or_the_end_are_there_and_takes_none()
    {
        using var pair = await OpenAsync();
        var waiting = pair.Near.ReceiveAsync(Memory<byte>.Empty, Cancelled).AsTask();
        Assert.False(waiting.IsCompleted);

        await pair.Far.SendAsync(Traffic.One(9), Cancelled);
        Assert.Equal(0, await waiting.WaitAsync(Safety, TimeProvider.System, Cancelled));
        Assert.Equal([9], await Traffic.ReceiveExactlyAsync(pair.Near, 1, Cancelled));

        var ending = pair.Near.ReceiveAsync(Memory<byte>.Empty, Cancelled).AsTask();
        Assert.False(ending.IsCompleted);
        pair.Far.CompleteSending();
        Assert.Equal(0, await ending.WaitAsync(Safety, TimeProvider.System, Cancelled));
    }

    [Fact]
    public async Task Blocking_and_waiting_receives_mix()
    {
        using var pair = await OpenAsync();
        byte[] buffer = new byte[8];

        for (byte i = 0; i < 200; i++)
        {
            var waiting = i % 2 == 0 ? pair.Near.ReceiveAsync(Memory<byte>.Empty, Cancelled).AsTask() : Task.FromResult(0);
            await pair.Far.SendAsync(Traffic.One(i), Cancelled);
            await waiting.WaitAsync(Safety, TimeProvider.System, Cancelled);

            Assert.Equal(1, pair.Near.Receive(buffer, Safety));
            Assert.Equal(i, buffer[0]);
        }
    }

    [Fact]
    public async Task Trying_to_send_stops_when_nobody_receives_and_goes_on_afterwards()
    {
        using var pair = await OpenAsync();

        long taken = Traffic.Fill(pair.Near);
        var received = Traffic.ReceiveExactlyAsync(pair.Far, (int)taken, Cancelled);
        await received.WaitAsync(Safety, TimeProvider.System, Cancelled);
        await pair.Near.SendAsync(Traffic.One(42), Cancelled);

        Assert.InRange(taken, 1, 64 * 1024 * 1024);
        Assert.All(await received, value => Assert.Equal(0, value));
        Assert.Equal([42], await Traffic.ReceiveExactlyAsync(pair.Far, 1, Cancelled));
    }

    [Fact]
    public async Task Trying_to_send_nothing_sends_nothing()
    {
        using var pair = await OpenAsync();

        Assert.Equal(0, pair.Near.TrySend([]));
        Assert.Equal(0, pair.Near.TrySend([Array.Empty<byte>()]));
        await pair.Near.SendAsync([], Cancelled);

        Assert.Equal(-1, pair.Far.Receive(new byte[1], TimeSpan.Zero));
    }

    [Fact]
    public async Task Trying_to_send_takes_many_buffers_in_order()
    {
        using var pair = await OpenAsync();
        var buffers = Enumerable.Range(0, 100).Select(i => new ArraySegment<byte>([255, (byte)i, 255], 1, i % 3 == 0 ? 0 : 1)).ToList();
        byte[] expected = [.. buffers.SelectMany(buffer => buffer)];

        int taken = pair.Near.TrySend(buffers);

        Assert.Equal(expected.Length, taken);
        Assert.Equal(expected, await Traffic.ReceiveExactlyAsync(pair.Far, expected.Length, Cancelled));
    }

    [Fact]
    public async Task A_send_waits_for_room_and_then_ends()
    {
        using var pair = await OpenAsync();
        long taken = Traffic.Fill(pair.Near);
        byte[] more = Traffic.Bytes(1_000_000, 3);

        var sending = pair.Near.SendAsync([new(more, 0, 400_000), new(more, 400_000, 600_000)], Cancelled).AsTask();
        Assert.False(sending.IsCompleted);
        await Traffic.ReceiveExactlyAsync(pair.Far, (int)taken, Cancelled);
        byte[] received = await Traffic.ReceiveExactlyAsync(pair.Far, more.Length, Cancelled);
        await sending.WaitAsync(Safety, TimeProvider.System, Cancelled);

        Assert.True(Enumerable.SequenceEqual(more, received));
    }

    [Fact]
    public async Task Both_sides_know_that_they_are_on_one_host()
    {
        using var pair = await OpenAsync();

        Assert.True(pair.Near.Info.IsSameHost);
        Assert.True(pair.Far.Info.IsSameHost);
        Assert.NotEmpty(pair.Near.Info.Remote);
        Assert.Equal(CreateTransport().Name, pair.Far.Info.Transport);
    }

    private static Task<T> InThread<T>(Func<T> operation)
    {
        var ended = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                ended.SetResult(operation());
            }
            catch (Exception failure)
            {
                ended.SetException(failure);
            }
        })
        { IsBackground = true };
        thread.Start();
        return ended.Task;
    }

    private static async Task AssertEndsAsGoneAsync(Task operation)
    {
        var failure = await Record.ExceptionAsync(() => operation.WaitAsync(Safety, TimeProvider.System, Cancelled));
        Assert.True(failure is IOException or ObjectDisposedException, $"Ended with {failure?.ToString() ?? "success"}.");
    }

    private Task<DuplexPair> OpenAsync() => DuplexPair.OpenAsync(CreateTransport(), FreeAddress(), Cancelled);
}
