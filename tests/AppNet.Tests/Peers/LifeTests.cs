using AppNet.TestKit;
using AppNet.Tests.Links;
using Xunit;

namespace AppNet.Tests.Peers;

public sealed class LifeTests
{
    [Fact]
    public async Task A_stop_before_the_start_does_not_keep_the_peer_from_being_stopped_later()
    {
        var network = new MemoryNetwork();
        var peer = new LocalPeer(new NetOptions { Network = network });
        await peer.StopAsync(TestContext.Current.CancellationToken);
        await peer.StartAsync(TestContext.Current.CancellationToken);
        Assert.Single(network.Peers);

        await peer.StopAsync(TestContext.Current.CancellationToken);

        Assert.Empty(network.Peers);
    }

    [Fact]
    public async Task A_peer_that_has_stopped_says_so_to_who_uses_it()
    {
        var peer = new LocalPeer(new NetOptions { Network = new MemoryNetwork() });
        await peer.StartAsync(TestContext.Current.CancellationToken);
        await peer.StopAsync(TestContext.Current.CancellationToken);

        var call = await Assert.ThrowsAsync<NetException>(
            () => peer.GetPeer("memory:40001").InvokeAsync<int>("F", cancellationToken: TestContext.Current.CancellationToken));
        var search = await Assert.ThrowsAsync<NetException>(
            () => peer.GetPeersAsync(cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(NetError.Refused, call.Error);
        Assert.Equal(NetError.Refused, search.Error);
    }

    [Fact]
    public async Task A_tag_connected_twice_warns_and_the_last_function_wins()
    {
        await using var peers = await Neighbours.StartAsync();
        peers.Far.Connect("price", () => 1);

        peers.Far.Connect("price", () => 2);

        var warning = Assert.Single(peers.FarLog.Entries, entry => entry.EventId.Name == "ConnectionReplaced");
        Assert.Equal(Microsoft.Extensions.Logging.LogLevel.Warning, warning.Level);
        Assert.Contains("'price'", warning.Message, StringComparison.Ordinal);
        Assert.Equal(2, await peers.ToFar.InvokeAsync<int>("price", cancellationToken: TestContext.Current.CancellationToken).Within());
    }

    [Fact]
    public async Task Running_a_peer_ends_when_somebody_else_stops_it()
    {
        var peer = new LocalPeer(new NetOptions { Network = new MemoryNetwork() });
        await peer.StartAsync(TestContext.Current.CancellationToken);
        var running = peer.RunAsync(TestContext.Current.CancellationToken);

        await peer.StopAsync(TestContext.Current.CancellationToken);

        await running.Within();
    }

    [Fact]
    public async Task A_limit_covers_the_time_in_which_nobody_answers_the_dialling()
    {
        var time = new ManualTimeProvider();
        var network = new MemoryNetwork();
        using var mute = network.OpenTransport().Listen(new AppNet.Transport.TransportAddress("memory", "memory", 0));
        await using var peer = new LocalPeer(new NetOptions { Network = network, TimeProvider = time });
        await peer.StartAsync(TestContext.Current.CancellationToken);
        var callee = peer.GetPeer($"memory:{mute.Address.Port}").With(timeout: TimeSpan.FromMilliseconds(300));
        var call = callee.InvokeAsync<int>("F", cancellationToken: TestContext.Current.CancellationToken);
        using var accepted = await mute.AcceptAsync(TestContext.Current.CancellationToken);

        time.Advance(TimeSpan.FromMilliseconds(300));

        Assert.Equal(NetError.TimedOut, (await Assert.ThrowsAsync<NetException>(() => call.Within())).Error);
    }

    [Fact]
    public async Task A_peer_of_this_host_that_listens_and_is_frozen_is_not_found_after_two_seconds()
    {
        var time = new ManualTimeProvider();
        var network = new MemoryNetwork();
        using var frozen = network.OpenTransport().Listen(new AppNet.Transport.TransportAddress("memory", "memory", 0));
        await using var peer = new LocalPeer(new NetOptions { Network = network, TimeProvider = time });
        await peer.StartAsync(TestContext.Current.CancellationToken);
        var call = peer.GetPeer($"memory:{frozen.Address.Port}").InvokeAsync<int>("F", cancellationToken: TestContext.Current.CancellationToken);
        using var accepted = await frozen.AcceptAsync(TestContext.Current.CancellationToken);

        time.Advance(TimeSpan.FromSeconds(2));

        var lost = await Assert.ThrowsAsync<NetException>(() => call.Within());
        Assert.Equal(NetError.PeerNotFound, lost.Error);
        Assert.Contains("within 2 s", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_peer_at_a_breakpoint_is_given_the_whole_time_of_a_handshake()
    {
        var time = new ManualTimeProvider();
        var network = new MemoryNetwork();
        using var stopped = network.OpenTransport().Listen(new AppNet.Transport.TransportAddress("memory", "memory", 0));
        var info = Sample.Info(port: stopped.Address.Port) with { Host = "memory", HasDebugger = true };
        network.Peers[info.Instance] = info;
        await using var peer = new LocalPeer(new NetOptions { Network = network, TimeProvider = time });
        await peer.StartAsync(TestContext.Current.CancellationToken);
        var call = peer.GetPeer($"memory:{stopped.Address.Port}").InvokeAsync<int>("F", cancellationToken: TestContext.Current.CancellationToken);
        using var accepted = await stopped.AcceptAsync(TestContext.Current.CancellationToken);

        time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(call.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Contains("within 5 s", (await Assert.ThrowsAsync<NetException>(() => call.Within())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_peer_that_stops_refuses_until_it_is_gone_and_is_not_found_from_then_on()
    {
        await using var neighbours = await Neighbours.StartAsync();
        var gate = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        neighbours.Far.Connect("wait", () => gate.Task);
        neighbours.Far.Connect("one", () => 1);
        var taken = neighbours.ToFar.InvokeAsync<int>("wait", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(1, await neighbours.ToFar.InvokeAsync<int>("one", cancellationToken: TestContext.Current.CancellationToken).Within());

        var stopping = neighbours.Far.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(NetError.Refused, await FailAsync());
        Assert.Equal(NetError.Refused, await FailAsync());
        gate.SetResult(3);
        Assert.Equal(3, await taken.Within());
        await stopping.Within();
        NetError last;
        do
        {
            last = await FailAsync();
        }
        while (last == NetError.Refused);
        Assert.Equal(NetError.PeerNotFound, last);

        async Task<NetError> FailAsync()
        {
            while (true)
            {
                try
                {
                    await neighbours.ToFar.InvokeAsync<int>("one", cancellationToken: TestContext.Current.CancellationToken).Within();
                }
                catch (NetException exception)
                {
                    return exception.Error;
                }
            }
        }
    }

    [Fact]
    public async Task A_start_that_fails_half_way_leaves_nothing_behind()
    {
        var network = new MemoryNetwork();
        var home = new HalfHome(new AppNet.Peers.MemoryHome(network));
        await using var peer = new LocalPeer(new NetOptions { Network = network }, (_, _) => home);

        await Assert.ThrowsAsync<IOException>(() => peer.StartAsync(TestContext.Current.CancellationToken).Within());

        Assert.True(home.IsLeft);
        Assert.Empty(network.Peers);
    }

    [Fact]
    public async Task A_peer_whose_start_failed_can_be_started_when_what_was_in_the_way_is_gone()
    {
        var network = new MemoryNetwork();
        var home = new HalfHome(new AppNet.Peers.MemoryHome(network));
        await using var peer = new LocalPeer(new NetOptions { Network = network }, (_, _) => home);
        await Assert.ThrowsAsync<IOException>(() => peer.StartAsync(TestContext.Current.CancellationToken).Within());

        home.IsFull = false;
        await peer.StartAsync(TestContext.Current.CancellationToken).Within();

        Assert.NotEmpty(network.Peers);
        await Assert.ThrowsAsync<InvalidOperationException>(() => peer.StartAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Watching_peers_ends_when_the_peer_that_watches_stops()
    {
        await using var neighbours = await Neighbours.StartAsync();
        var seen = new List<PeerChangeKind>();
        var isWatching = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var watching = Task.Run(
            async () =>
            {
                await foreach (var change in neighbours.Near.WatchPeersAsync(TestContext.Current.CancellationToken))
                {
                    seen.Add(change.Kind);
                    isWatching.TrySetResult();
                }
            },
            TestContext.Current.CancellationToken);
        await isWatching.Task.Within();

        await neighbours.Near.StopAsync(TestContext.Current.CancellationToken);

        await watching.Within();
        Assert.Contains(PeerChangeKind.Joined, seen);
    }

    [Fact]
    public async Task Watching_peers_that_is_cancelled_says_so_by_the_callers_token()
    {
        await using var neighbours = await Neighbours.StartAsync();
        using var source = new CancellationTokenSource();
        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in neighbours.Near.WatchPeersAsync(source.Token))
            {
                await source.CancelAsync();
            }
        });

        Assert.Equal(source.Token, cancelled.CancellationToken);
    }
}
