using AppNet.TestKit;
using AppNet.Tests.Links;
using Xunit;

namespace AppNet.Tests.Peers;

/// <summary>The ways to ask for peers, as a program writes them.</summary>
public sealed class SearchTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_seven_ways_to_ask_for_peers()
    {
        await using var peers = await Neighbours.StartAsync(far: options => (options.Group, options.IsHub) = ("group1", true));
        await using var other = peers.Make(new LogRecorder(), options => options.Group = "group2");
        await using var none = peers.Make(new LogRecorder());
        await other.StartAsync(Token);
        await none.StartAsync(Token);

        var all = await peers.Near.GetPeersAsync(cancellationToken: Token).Within();
        var refreshed = await peers.Near.GetPeersAsync(refresh: true, cancellationToken: Token).Within();
        var ofOne = await peers.Near.GetPeersAsync("group1", cancellationToken: Token).Within();
        var ofTwo = await peers.Near.GetPeersAsync(["group1", "group2"], cancellationToken: Token).Within();
        var onHost = await peers.Near.GetPeersAsync(onHost: true, cancellationToken: Token).Within();
        var hubs = await peers.Near.GetPeersAsync(hubsOnly: true, cancellationToken: Token).Within();
        var both = await peers.Near.GetPeersAsync("group2", hubsOnly: true, onHost: true, cancellationToken: Token).Within();

        PeerId[] everybody = [none.Id, peers.Far.Id, other.Id];
        Assert.Equal(everybody, all.Select(peer => peer.Id));
        Assert.Equal(everybody, refreshed.Select(peer => peer.Id));
        Assert.Equal([peers.Far.Id], ofOne.Select(peer => peer.Id));
        Assert.Equal([peers.Far.Id, other.Id], ofTwo.Select(peer => peer.Id));
        Assert.Equal(everybody, onHost.Select(peer => peer.Id));
        Assert.Equal([peers.Far.Id], hubs.Select(peer => peer.Id));
        Assert.Empty(both);
    }

    [Fact]
    public async Task A_directory_is_a_list_that_also_answers_by_id_and_by_group()
    {
        await using var peers = await Neighbours.StartAsync(far: options => options.Group = "render");

        var directory = await peers.Near.GetPeersAsync(cancellationToken: Token).Within();

        Assert.Equal((1, peers.Far.Id), (directory.Count, directory[0].Id));
        Assert.Equal(directory[0], directory[peers.Far.Id]);
        Assert.Equal(directory, directory["render"]);
        Assert.Equal(["render"], directory.Groups);
        Assert.Empty(directory["None"]);
        Assert.False(directory.TryGet(peers.Near.Id, out _));
    }

    [Fact]
    public async Task A_group_that_was_asked_for_is_a_snapshot_and_a_group_that_is_named_lives()
    {
        await using var peers = await Neighbours.StartAsync(far: options => options.Group = "render");
        var live = peers.Near.GetGroup("render");
        var snapshot = await peers.Near.GetPeerGroupAsync("render", cancellationToken: Token).Within();
        await using var late = peers.Make(new LogRecorder(), options => options.Group = "render");
        await late.StartAsync(Token);
        late.Connect("who", () => "late");
        peers.Far.Connect("who", () => "early");
        _ = await peers.Near.GetPeersAsync(refresh: true, cancellationToken: Token).Within();

        var outcomes = await live.AllAsync((peer, token) => peer.InvokeAsync<string>("who", cancellationToken: token), Token).Within();

        Assert.Equal([peers.Far.Id], snapshot.Select(peer => peer.Id));
        Assert.Equal(["early", "late"], outcomes.Select(outcome => outcome.Value).Order());
    }

    [Fact]
    public void A_handle_is_made_of_an_id_its_base64_or_an_address_and_touches_no_network()
    {
        var id = new PeerId("10.0.0.7", 4000, "render");
        var peer = new LocalPeer();

        Assert.Equal(id, peer.GetPeer(id).Id);
        Assert.Equal(id, peer.GetPeer(id.ToString()).Id);
        Assert.Equal(new PeerId("10.0.0.7", 4000), peer.GetPeer("10.0.0.7:4000").Id);
        Assert.Equal(new PeerId("box", 3010), peer.GetPeer("box").Id);
        Assert.Throws<FormatException>(() => peer.GetPeer("box:99999"));
    }

    [Fact]
    public async Task The_current_peer_is_the_one_that_the_function_runs_on_wherever_it_was_called_from()
    {
        await using var peers = await Neighbours.StartAsync();
        var nearWhere = peers.Near.Connect("where", () => Net.Peer.Port);
        peers.Far.Connect("where", async () =>
        {
            await Task.Yield();
            return Net.Peer.Port;
        });
        peers.Far.Connect("back", (CallContext context, CancellationToken token) => context.Caller!.InvokeAsync<int>("where", cancellationToken: token));

        Assert.Equal(peers.Far.Port, await peers.ToFar.InvokeAsync<int>("where", cancellationToken: Token).Within());
        Assert.Equal(peers.Near.Port, await peers.Near.GetPeer(peers.Near.Id).InvokeAsync<int>("where", cancellationToken: Token).Within());
        Assert.Equal(peers.Near.Port, await peers.ToFar.InvokeAsync<int>("back", cancellationToken: Token).Within());
        Assert.Equal("where", nearWhere.Tag);
    }

    [Fact]
    public void A_peer_neither_listens_nor_has_an_id_before_it_starts()
    {
        var network = new MemoryNetwork();
        var peer = new LocalPeer(new NetOptions { Network = network, Group = "test" });

        Assert.Throws<InvalidOperationException>(() => peer.Id);
        Assert.Empty(network.Peers);
        Assert.Equal("test", peer.Options.Group);
    }
}
