using AppNet.TestKit;
using AppNet.Tests.Links;
using Xunit;

namespace AppNet.Tests.Peers;

public sealed class PeerGroupTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_snapshot_holds_the_peers_of_the_group_and_no_others()
    {
        await using var peers = await Neighbours.StartAsync(far: options => options.Group = "render");

        Assert.Equal(peers.Far.Id, Assert.Single(await peers.Near.GetPeerGroupAsync("render", cancellationToken: Token)).Id);
        Assert.Empty(await peers.Near.GetPeerGroupAsync("other", cancellationToken: Token));
        Assert.Equal(peers.Near.Id, Assert.Single(await peers.Far.GetPeerGroupAsync("None", cancellationToken: Token)).Id);
    }

    [Fact]
    public async Task A_group_finds_peers_that_come_later()
    {
        await using var peers = await Neighbours.StartAsync();
        var render = peers.Near.GetGroup("render");
        Assert.Empty(await render.GetPeersAsync(Token));

        await using var late = peers.Make(new LogRecorder(), options => options.Group = "render");
        await late.StartAsync(Token);

        Assert.Equal(late.Id, Assert.Single(await render.GetPeersAsync(Token)).Id);
        Assert.Equal(late.Id, await render.AnyAsync((peer, _) => Task.FromResult(peer.Id), Token));
    }

    [Fact]
    public async Task Any_calls_one_peer_and_they_take_turns()
    {
        await using var peers = await Neighbours.StartAsync(far: options => options.Group = "render");
        await using var third = peers.Make(new LogRecorder(), options => options.Group = "render");
        await third.StartAsync(Token);
        var render = peers.Near.GetGroup("render");

        var called = new List<PeerId>();
        for (var i = 0; i < 4; i++)
        {
            called.Add((await render.AnyAsync((peer, token) => peer.InfoAsync(token), Token).Within()).Id);
        }

        Assert.Equal(2, called.Count(id => id == peers.Far.Id));
        Assert.Equal(2, called.Count(id => id == third.Id));
    }

    [Fact]
    public async Task Any_goes_on_to_another_peer_when_the_function_has_not_run()
    {
        await using var peers = await Neighbours.StartAsync(far: options => options.Group = "render");
        await using var third = peers.Make(new LogRecorder(), options => options.Group = "render");
        await third.StartAsync(Token);
        _ = third.Connect("only here", () => 5);
        var render = peers.Near.GetGroup("render");

        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(5, await render.AnyAsync((peer, token) => peer.InvokeAsync<int>("only here", cancellationToken: token), Token).Within());
        }
    }

    [Fact]
    public async Task Any_does_not_run_a_function_twice()
    {
        await using var peers = await Neighbours.StartAsync(far: options => options.Group = "render");
        await using var third = peers.Make(new LogRecorder(), options => options.Group = "render");
        await third.StartAsync(Token);
        var runs = 0;
        foreach (var peer in (LocalPeer[])[peers.Far, third])
        {
            _ = peer.Connect("fail", () =>
            {
                _ = Interlocked.Increment(ref runs);
                throw new InvalidDataException("no");
            });
        }

        _ = await Assert.ThrowsAsync<InvalidDataException>(() => peers.Near.GetGroup("render").AnyAsync(
            (peer, token) => peer.InvokeAsync("fail", cancellationToken: token), Token).Within());

        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task Any_of_an_empty_group_finds_no_peer()
    {
        await using var peers = await Neighbours.StartAsync();

        var thrown = await Assert.ThrowsAsync<NetException>(
            () => peers.Near.GetGroup("nobody").AnyAsync((peer, token) => peer.InfoAsync(token), Token).Within());

        Assert.Equal(NetError.PeerNotFound, thrown.Error);
        Assert.Contains("'nobody'", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_gives_one_outcome_for_each_peer()
    {
        await using var peers = await Neighbours.StartAsync(far: options => options.Group = "render");
        await using var third = peers.Make(new LogRecorder(), options => options.Group = "render");
        await third.StartAsync(Token);
        _ = third.Connect("only here", () => 5);

        var outcomes = await peers.Near.GetGroup("render").AllAsync(
            (peer, token) => peer.InvokeAsync<int>("only here", cancellationToken: token), Token).Within();

        Assert.Equal(2, outcomes.Count);
        var good = Assert.Single(outcomes, outcome => outcome.IsSuccess);
        Assert.Equal((third.Id, 5), (good.Peer.Id, good.Value));
        var bad = Assert.Single(outcomes, outcome => !outcome.IsSuccess);
        Assert.Equal(NetError.NoSuchConnection, Assert.IsType<NetException>(bad.Exception).Error);
        Assert.Equal(bad.Exception, Assert.Throws<InvalidOperationException>(() => bad.Value).InnerException);
    }
}
