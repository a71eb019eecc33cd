using AppNet.Peers;
using AppNet.TestKit;
using AppNet.Tests.Links;
using Xunit;

namespace AppNet.Tests.Peers;

public sealed class ReconfigureTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_changed_is_what_the_peer_says_and_what_its_options_hold()
    {
        await using var peers = await Neighbours.StartAsync(far: options => options.Info["gpu"] = "no");

        peers.Far.Reconfigure(group: "render", isHub: true);
        peers.Far.Reconfigure(info: new Dictionary<string, string> { ["gpu"] = "yes" });

        Assert.Equal(("render", true), (peers.Far.Group, peers.Far.IsHub));
        Assert.Equal(new PeerId(peers.Far.Host, peers.Far.Port, "render"), peers.Far.Id);
        Assert.Equal("yes", peers.Far.Info.Values["gpu"]);
        Assert.Equal(("render", true, "yes"), (peers.Far.Options.Group, peers.Far.Options.IsHub, peers.Far.Options.Info["gpu"]));
    }

    [Fact]
    public async Task The_group_none_is_no_group()
    {
        await using var peers = await Neighbours.StartAsync(far: options => options.Group = "render");

        peers.Far.Reconfigure(group: "None");

        Assert.Null(peers.Far.Group);
    }

    [Fact]
    public async Task A_peer_that_watches_sees_the_change()
    {
        await using var peers = await Neighbours.StartAsync();
        await using var changes = peers.Near.WatchPeersAsync(Token).GetAsyncEnumerator(Token);
        Assert.True(await changes.MoveNextAsync().AsTask().Within());
        Assert.Equal(PeerChangeKind.Joined, changes.Current.Kind);

        peers.Far.Reconfigure(group: "render");

        Assert.True(await changes.MoveNextAsync().AsTask().Within());
        Assert.Equal((PeerChangeKind.Changed, "render"), (changes.Current.Kind, changes.Current.Info.Group));
    }

    [Fact]
    public async Task A_linked_peer_learns_the_change_without_looking()
    {
        await using var peers = await Neighbours.StartAsync();
        _ = await peers.Near.GetPeersAsync(cancellationToken: Token).Within();
        _ = await peers.ToFar.InfoAsync(Token).Within();

        peers.Far.Reconfigure(group: "render");

        _ = await peers.NearLog.WaitForAsync(
            entry => entry.Parameters.GetValueOrDefault("Change") is PeerChangeKind.Changed, Token).Within();
        Assert.Equal(peers.Far.Id, Assert.Single(await peers.Near.GetPeersAsync(["render"], cancellationToken: Token).Within()).Id);
    }

    [Fact]
    public async Task A_function_sees_the_callers_new_group()
    {
        await using var peers = await Neighbours.StartAsync();
        _ = peers.Far.Connect("who", (CallContext context) => context.Caller!.Info!.Group ?? "none");
        var before = await peers.ToFar.InvokeAsync<string>("who", cancellationToken: Token).Within();

        peers.Near.Reconfigure(group: "render");

        // Behind the change on the same link, so no wait is needed.
        Assert.Equal(("none", "render"), (before, await peers.ToFar.InvokeAsync<string>("who", cancellationToken: Token).Within()));
    }

    [Fact]
    public async Task Links_survive_and_both_ids_reach_the_peer()
    {
        await using var peers = await Neighbours.StartAsync();
        var before = peers.ToFar;
        _ = await before.InfoAsync(Token).Within();

        // Both watch for publishers, so they may have dialled each other at once: then one of two links goes first.
        _ = await peers.Far.GetPeer(peers.Near.Id).InfoAsync(Token).Within();
        await Soon.Until(() => (peers.Near.LinkCount, peers.Far.LinkCount) == (1, 1), "one link is left");
        var link = before.FindLink();

        peers.Far.Reconfigure(group: "render");

        Assert.Equal(peers.Far.Info, await before.InfoAsync(Token).Within());
        Assert.Equal(peers.Far.Info, await peers.ToFar.InfoAsync(Token).Within());
        Assert.NotNull(link);
        Assert.Same(link, before.FindLink());
        Assert.Same(link, peers.ToFar.FindLink());
    }

    [Fact]
    public async Task An_id_with_the_old_group_reaches_the_peer_over_a_new_link()
    {
        await using var peers = await Neighbours.StartAsync(far: options => options.Group = "before");
        var old = peers.ToFar;

        peers.Far.Reconfigure(group: "after");

        Assert.Equal("after", (await old.InfoAsync(Token).Within()).Group);
    }

    [Fact]
    public async Task What_can_not_be_is_refused_and_nothing_is_changed()
    {
        await using var peers = await Neighbours.StartAsync();
        var before = peers.Far.Info;

        var thrown = Assert.Throws<ArgumentException>(() => peers.Far.Reconfigure(group: " padded ", isHub: true));

        Assert.Contains("' padded '", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(before, peers.Far.Info);
    }

    [Fact]
    public async Task A_peer_that_does_not_run_can_not_be_reconfigured()
    {
        var peers = await Neighbours.StartAsync();
        var idle = peers.Make(new LogRecorder());
        await peers.DisposeAsync();

        Assert.Throws<InvalidOperationException>(() => idle.Reconfigure(group: "x"));
        Assert.Throws<InvalidOperationException>(() => peers.Far.Reconfigure(group: "x"));
        Assert.Empty(peers.Network.Peers);
    }

    [Fact]
    public async Task The_entry_is_renewed_once_a_day()
    {
        var time = new ManualTimeProvider();
        var network = new MemoryNetwork();
        var home = new AgingHome(new MemoryHome(network));
        await using var peer = new LocalPeer(new NetOptions { TimeProvider = time, LoggerFactory = new LogRecorder() }, (_, _) => home);
        await peer.StartAsync(Token);

        time.Advance(TimeSpan.FromHours(23));
        var afterHours = home.Renewals.Count;
        time.Advance(TimeSpan.FromHours(1));
        time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(0, afterHours);
        Assert.Equal([time.GetUtcNow() - TimeSpan.FromDays(1), time.GetUtcNow()], home.Renewals);
    }
}
