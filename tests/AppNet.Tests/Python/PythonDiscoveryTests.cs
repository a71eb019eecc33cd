using AppNet.Python.Wires;
using AppNet.Transport;
using Xunit;

namespace AppNet.Tests.Python;

public sealed class PythonDiscoveryTests
{
    [Fact]
    public async Task Python_peers_of_both_wires_are_listed_with_what_they_are()
    {
        await using var world = new PythonWorld();
        var peer = await world.StartAsync();
        await using var old = new ScriptedPeer(world, PythonFamily.V04) { Group = "render" };
        await using var young = new ScriptedPeer(world, PythonFamily.V06);

        var found = await peer.GetPeersAsync(cancellationToken: world.Limit);
        var inGroup = await peer.GetPeersAsync(groups: ["render"], refresh: true, cancellationToken: world.Limit);

        Assert.Equal(
            [(old.Port, "render", "Python", "0.4"), (young.Port, null, "Python", "0.6")],
            found.OrderBy(other => other.Id.Port).Select(other => (other.Id.Port, other.Info!.Group, other.Info.Runtime, other.Info.Version)));
        Assert.Equal(old.Port, Assert.Single(inGroup).Id.Port);
    }

    [Fact]
    public async Task Neither_silence_nor_nonsense_at_one_port_hides_the_next()
    {
        await using var world = new PythonWorld();
        var peer = await world.StartAsync();
        using var silent = world.Transport.Listen(new TransportAddress(MemoryTransport.TransportName, "127.0.0.1", 0));
        await using var broken = new ScriptedPeer(world, PythonFamily.V06) { Group = "" };
        await using var young = new ScriptedPeer(world, PythonFamily.V06);

        var found = await peer.GetPeersAsync(cancellationToken: world.Limit);

        Assert.Contains(found, other => other.Id.Port == young.Port);
        Assert.DoesNotContain(found, other => other.Id.Port == silent.Address.Port);
    }

    [Fact]
    public async Task A_peer_of_our_own_is_not_listed_twice()
    {
        await using var world = new PythonWorld();
        var first = await world.StartAsync();
        var second = await world.StartAsync();

        var found = await first.GetPeersAsync(cancellationToken: world.Limit);

        Assert.Equal(second.Info.Instance, Assert.Single(found).Info!.Instance);
    }

    [Fact]
    public async Task One_that_leaves_and_comes_back_is_told_to_watchers()
    {
        await using var world = new PythonWorld();
        var peer = await world.StartAsync(options => options.PythonProbeInterval = TimeSpan.FromSeconds(1));
        var scripted = new ScriptedPeer(world, PythonFamily.V06);
        var port = scripted.Port;
        await using var changes = peer.WatchPeersAsync(world.Limit).GetAsyncEnumerator(world.Limit);

        Assert.True(await changes.MoveNextAsync());
        Assert.Equal((PeerChangeKind.Joined, port), (changes.Current.Kind, changes.Current.Info.Port));
        await scripted.DisposeAsync();
        Assert.True(await changes.MoveNextAsync());
        Assert.Equal(PeerChangeKind.Left, changes.Current.Kind);
        scripted = new ScriptedPeer(world, PythonFamily.V06, port);
        Assert.True(await changes.MoveNextAsync());
        Assert.Equal(PeerChangeKind.Joined, changes.Current.Kind);
        await scripted.DisposeAsync();
    }
}
