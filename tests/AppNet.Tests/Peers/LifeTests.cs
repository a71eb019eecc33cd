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
}
