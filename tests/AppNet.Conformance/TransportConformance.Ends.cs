using AppNet.Transport;
using Xunit;

namespace AppNet.Conformance;

/// <content>How paths and listeners begin and end.</content>
public abstract partial class TransportConformance
{
    [Fact]
    public async Task Disposing_ends_a_blocked_receive()
    {
        using var pair = await OpenAsync();
        var blocked = InThread(() => pair.Near.Receive(new byte[1], Timeout.InfiniteTimeSpan));
        var bounded = InThread(() => pair.Far.Receive(new byte[1], TimeSpan.FromHours(1)));

        pair.Near.Dispose();
        pair.Far.Dispose();

        await AssertEndsAsGoneAsync(blocked);
        Assert.True(await Record.ExceptionAsync(() => bounded.WaitAsync(Safety, TimeProvider.System, Cancelled)) is null or IOException or ObjectDisposedException);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    public async Task Disposing_ends_a_waiting_receive(int size)
    {
        using var pair = await OpenAsync();
        var waiting = pair.Near.ReceiveAsync(new byte[size], Cancelled).AsTask();

        pair.Near.Dispose();

        await AssertEndsAsGoneAsync(waiting);
    }

    [Fact]
    public async Task Disposing_ends_a_waiting_send()
    {
        using var pair = await OpenAsync();
        Traffic.Fill(pair.Near);
        var sending = pair.Near.SendAsync([new byte[8_000_000]], Cancelled).AsTask();

        pair.Near.Dispose();

        await AssertEndsAsGoneAsync(sending);
    }

    [Fact]
    public async Task A_send_ends_when_the_other_side_is_gone()
    {
        using var pair = await OpenAsync();
        Traffic.Fill(pair.Near);
        var sending = pair.Near.SendAsync([new byte[8_000_000]], Cancelled).AsTask();

        pair.Far.Dispose();

        await Assert.ThrowsAsync<IOException>(() => sending.WaitAsync(Safety, TimeProvider.System, Cancelled));
    }

    [Fact]
    public async Task Disposing_twice_and_from_many_threads_is_harmless()
    {
        using var pair = await OpenAsync();
        var blocked = InThread(() => pair.Near.Receive(new byte[1], Timeout.InfiniteTimeSpan));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(pair.Near.Dispose, Cancelled)));
        pair.Near.Dispose();
        pair.Near.CompleteSending();
        pair.Listener.Dispose();
        pair.Listener.Dispose();

        await AssertEndsAsGoneAsync(blocked);
    }

    [Fact]
    public async Task A_disposed_duplex_neither_sends_nor_receives()
    {
        using var pair = await OpenAsync();

        pair.Near.Dispose();

        await AssertEndsAsGoneAsync(Task.Run(() => pair.Near.TrySend(Traffic.One(1)), Cancelled));
        await AssertEndsAsGoneAsync(Task.Run(() => pair.Near.Receive(new byte[1], TimeSpan.Zero), Cancelled));
        await AssertEndsAsGoneAsync(Task.Run(async () => await pair.Near.ReceiveAsync(new byte[1], Cancelled), Cancelled));
        await AssertEndsAsGoneAsync(Task.Run(async () => await pair.Near.SendAsync(Traffic.One(1), Cancelled), Cancelled));
    }

    [Fact]
    public async Task Connecting_to_nobody_fails_and_says_so()
    {
        var transport = CreateTransport();
        TransportAddress address;
        using (var listener = transport.Listen(FreeAddress()))
        {
            address = listener.Address;
        }

        var failure = await Assert.ThrowsAsync<IOException>(async () => await transport.ConnectAsync(address, Cancelled));

        Assert.StartsWith("Nothing listens at ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(address.Host, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listening_where_somebody_listens_fails_and_leaves_that_one_alone()
    {
        var transport = CreateTransport();
        using var first = transport.Listen(FreeAddress());

        Assert.Throws<AddressInUseException>(() => transport.Listen(first.Address));

        await AssertServesAsync(transport, first);
    }

    [Fact]
    public async Task An_address_can_be_listened_at_again_after_use()
    {
        TransportAddress address;
        var transport = CreateTransport();
        using (var pair = await OpenAsync())
        {
            address = pair.Listener.Address;
            pair.Far.Dispose();
        }

        using var again = transport.Listen(address);

        Assert.Equal(address, again.Address);
    }

    [Fact]
    public async Task Disposing_the_listener_ends_a_waiting_accept_and_refuses_later_ones()
    {
        var listener = CreateTransport().Listen(FreeAddress());
        var accepting = listener.AcceptAsync(Cancelled).AsTask();

        listener.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => accepting.WaitAsync(Safety, TimeProvider.System, Cancelled));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await listener.AcceptAsync(Cancelled));
    }

    [Fact]
    public async Task A_path_outlives_its_listener()
    {
        using var pair = await OpenAsync();

        pair.Listener.Dispose();
        await pair.Near.SendAsync(Traffic.One(3), Cancelled);

        Assert.Equal([3], await Traffic.ReceiveExactlyAsync(pair.Far, 1, Cancelled));
    }

    [Fact]
    public async Task A_cancelled_accept_leaves_the_listener_usable()
    {
        var transport = CreateTransport();
        using var listener = transport.Listen(FreeAddress());
        using var cancel = new CancellationTokenSource();
        var accepting = listener.AcceptAsync(cancel.Token).AsTask();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => accepting.WaitAsync(Safety, TimeProvider.System, Cancelled));
        var next = listener.AcceptAsync(Cancelled).AsTask();
        using var near = await transport.ConnectAsync(listener.Address, Cancelled);
        using var far = await next.WaitAsync(Safety, TimeProvider.System, Cancelled);
    }

    [Fact]
    public async Task A_cancelled_connect_leaves_the_listener_usable()
    {
        var transport = CreateTransport();
        using var listener = transport.Listen(FreeAddress());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await transport.ConnectAsync(listener.Address, new CancellationToken(canceled: true)));

        using var near = await transport.ConnectAsync(listener.Address, Cancelled);
        using var far = await listener.AcceptAsync(Cancelled).AsTask().WaitAsync(Safety, TimeProvider.System, Cancelled);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    public async Task A_cancelled_receive_leaves_the_duplex_usable(int size)
    {
        using var pair = await OpenAsync();
        using var cancel = new CancellationTokenSource();
        var waiting = pair.Near.ReceiveAsync(new byte[size], cancel.Token).AsTask();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Safety, TimeProvider.System, Cancelled));
        await pair.Far.SendAsync(Traffic.One(1, 2), Cancelled);
        Assert.Equal([1, 2], await Traffic.ReceiveExactlyAsync(pair.Near, 2, Cancelled));
    }

    [Fact]
    public async Task A_cancelled_send_ends()
    {
        using var pair = await OpenAsync();
        using var cancel = new CancellationTokenSource();
        Traffic.Fill(pair.Near);
        var sending = pair.Near.SendAsync([new byte[8_000_000]], cancel.Token).AsTask();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.WaitAsync(Safety, TimeProvider.System, Cancelled));
    }

    [Fact]
    public async Task A_thousand_paths_in_a_row_come_and_go()
    {
        var transport = CreateTransport();
        using var listener = transport.Listen(FreeAddress());
        int before = OpenFiles();

        for (int i = 0; i < 1_000; i++)
        {
            var accepting = listener.AcceptAsync(Cancelled).AsTask();
            using var near = await transport.ConnectAsync(listener.Address, Cancelled);
            using var far = await accepting.WaitAsync(Safety, TimeProvider.System, Cancelled);
            await near.SendAsync(Traffic.One((byte)i), Cancelled);
            Assert.Equal([(byte)i], await Traffic.ReceiveExactlyAsync(far, 1, Cancelled));
        }

        // Tests that run beside this one open up to 1,400 for a while; a thousand leaked paths would be 2,000.
        Assert.InRange(OpenFiles() - before, int.MinValue, 1_800);
    }

    [Fact]
    public async Task One_that_connects_and_leaves_at_once_does_not_end_the_listener()
    {
        var transport = CreateTransport();
        using var listener = transport.Listen(FreeAddress());
        for (int i = 0; i < 50; i++)
        {
            (await transport.ConnectAsync(listener.Address, Cancelled)).Dispose();
        }

        await AssertServesAsync(transport, listener);
    }

    [Fact]
    public async Task Many_connect_at_once()
    {
        const int Count = 100;
        var transport = CreateTransport();
        using var listener = transport.Listen(FreeAddress());

        var connecting = Enumerable.Range(0, Count)
            .Select(_ => Task.Run(async () => await transport.ConnectAsync(listener.Address, Cancelled), Cancelled)).ToArray();
        var accepted = new List<IDuplex>();
        while (accepted.Count < Count)
        {
            accepted.Add(await listener.AcceptAsync(Cancelled).AsTask().WaitAsync(Safety, TimeProvider.System, Cancelled));
        }

        var connected = await Task.WhenAll(connecting);
        Assert.All(connected, near => near.Dispose());
        Assert.All(accepted, far => Assert.Equal(0, far.Receive(new byte[1], Safety)));
        accepted.ForEach(far => far.Dispose());
    }

    // Some that came before may have left already.
    private static async Task AssertServesAsync(ITransport transport, IDuplexListener listener)
    {
        using var near = await transport.ConnectAsync(listener.Address, Cancelled);
        await near.SendAsync(Traffic.One(77), Cancelled);
        byte[] buffer = new byte[1];
        int received = 0;
        while (received == 0)
        {
            using var far = await listener.AcceptAsync(Cancelled).AsTask().WaitAsync(Safety, TimeProvider.System, Cancelled);
            received = await far.ReceiveAsync(buffer, Cancelled);
        }

        Assert.Equal(77, buffer[0]);
    }

    private static int OpenFiles() => Directory.Exists("/proc/self/fd") ? Directory.GetFiles("/proc/self/fd").Length : 0;
}
