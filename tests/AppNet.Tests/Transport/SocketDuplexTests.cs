using System.Net;
using System.Net.Sockets;
using AppNet.Conformance;
using AppNet.Transport;
using Xunit;

namespace AppNet.Tests.Transport;

public sealed class SocketDuplexTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(20)]
    public async Task Sending_and_receiving_without_waiting_allocate_nothing(int buffers)
    {
        using var pair = await OpenAsync();
        var list = Enumerable.Range(0, buffers).Select(_ => new ArraySegment<byte>(new byte[10])).ToList();
        byte[] into = new byte[buffers * 10];

        Assert.Equal(0, LeastAllocated(pair, list, into));
    }

    [Fact]
    public async Task Receiving_blocks_after_a_wait_without_allocating()
    {
        using var pair = await OpenAsync();
        var list = Traffic.One(1, 2, 3);
        byte[] into = new byte[3];
        var waiting = pair.Far.ReceiveAsync(Memory<byte>.Empty, Cancelled);
        Assert.False(waiting.IsCompleted);
        pair.Near.TrySend(list);
        await waiting;
        Assert.Equal(3, pair.Far.Receive(into, TimeSpan.FromSeconds(30)));

        long allocated = await Task.Run(() => LeastAllocated(pair, list, into), Cancelled);

        Assert.Equal(0, allocated);
    }

    [Fact]
    public async Task A_reset_while_receiving_is_a_failure_not_an_end()
    {
        using var listener = new TcpTransport().Listen(new TransportAddress("tcp", "127.0.0.1", 0));
        using var rude = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await rude.ConnectAsync(new IPEndPoint(IPAddress.Loopback, listener.Address.Port), Cancelled);
        using var duplex = await listener.AcceptAsync(Cancelled);

        rude.LingerState = new LingerOption(enable: true, seconds: 0);
        rude.Dispose();

        var failure = Assert.Throws<IOException>(() => duplex.Receive(new byte[1], TimeSpan.FromSeconds(30)));
        Assert.Contains("reset", failure.Message, StringComparison.Ordinal);
        Assert.Contains(duplex.Info.Remote, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reset_ends_a_wait_into_nothing_and_is_not_lost()
    {
        using var listener = new TcpTransport().Listen(new TransportAddress("tcp", "127.0.0.1", 0));
        using var rude = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await rude.ConnectAsync(new IPEndPoint(IPAddress.Loopback, listener.Address.Port), Cancelled);
        using var duplex = await listener.AcceptAsync(Cancelled);
        var waiting = duplex.ReceiveAsync(Memory<byte>.Empty, Cancelled).AsTask();

        rude.LingerState = new LingerOption(enable: true, seconds: 0);
        rude.Dispose();

        await Assert.ThrowsAsync<IOException>(async () =>
        {
            await waiting.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Cancelled);
            duplex.Receive(new byte[1], TimeSpan.Zero);
        });
    }

    private static Task<DuplexPair> OpenAsync() =>
        DuplexPair.OpenAsync(new TcpTransport(), new TransportAddress("tcp", "127.0.0.1", 0), Cancelled);

    // The runtime allocates when code runs first, which on a busy machine may be late: of several rounds the best counts.
    private static long LeastAllocated(DuplexPair pair, List<ArraySegment<byte>> list, byte[] into)
    {
        long least = long.MaxValue;
        for (int round = 0; round < 8; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Exchange(pair, list, into, times: 500);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    private static void Exchange(DuplexPair pair, List<ArraySegment<byte>> list, byte[] into, int times)
    {
        for (int i = 0; i < times; i++)
        {
            pair.Near.TrySend(list);
            for (int received = 0; received < into.Length;)
            {
                received += pair.Far.Receive(into.AsSpan(received), Timeout.InfiniteTimeSpan);
            }
        }
    }
}
