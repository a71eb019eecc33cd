using AppNet.Integration.Tests.Neighbour;
using Xunit;

namespace AppNet.Integration.Tests;

public sealed class NeighbourTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = Neighbourhood.Patience)]
    public async Task Group_and_hub_come_from_the_environment_and_are_looked_for()
    {
        await using var here = new Neighbourhood();
        var hub = await here.StartPeerAsync("serve", ("NET_GROUP", "render"), ("NET_IS_HUB", "1"));
        var member = await here.StartPeerAsync("serve", ("NET_GROUP", "render"));
        var plain = await here.StartPeerAsync();
        var local = await here.StartLocalAsync();

        var all = await local.GetPeersAsync(cancellationToken: Cancelled);
        var render = await local.GetPeersAsync(groups: ["render"], cancellationToken: Cancelled);
        var hubs = await local.GetPeersAsync(hubsOnly: true, cancellationToken: Cancelled);
        var ungrouped = await local.GetPeersAsync(groups: ["None"], cancellationToken: Cancelled);

        Assert.Equal(["None", "render"], all.Groups);
        Assert.Equal(Sorted(hub, member), render.Select(peer => peer.Id).ToHashSet());
        Assert.Equal(hub.Id, Assert.Single(hubs).Id);
        Assert.Equal(plain.Id, Assert.Single(ungrouped).Id);
        Assert.Equal(("render", true), (all[hub.Id].Info!.Group, all[hub.Id].Info!.IsHub));
        Assert.Equal(("render", false), (all[member.Id].Info!.Group, all[member.Id].Info!.IsHub));
        Assert.Equal(member.Process.Id, await Functions.ProcessId(peer: all[member.Id], cancellationToken: Cancelled));
    }

    [Fact(Timeout = Neighbourhood.Patience)]
    public async Task Two_processes_that_dial_each_other_at_once_keep_one_link()
    {
        await using var here = new Neighbourhood();
        var left = await here.StartPeerAsync();
        var right = await here.StartPeerAsync();
        var local = await here.StartLocalAsync();
        var (l, r) = (local.GetPeer(left.Id), local.GetPeer(right.Id));
        int[] expected = [0, 3, 6, 9];
        var most = 0L;

        for (var round = 0; round < 20; round++)
        {
            var ids = await Task.WhenAll(Rounds.Begin(peer: l, cancellationToken: Cancelled), Rounds.Begin(peer: r, cancellationToken: Cancelled));

            var products = await Task.WhenAll(
                Rounds.Call(ids[1], 4, peer: l, cancellationToken: Cancelled), Rounds.Call(ids[0], 4, peer: r, cancellationToken: Cancelled));

            Assert.All(products, product => Assert.Equal(expected, product));

            // The one of this test, and one between the two.
            most = Math.Max(most, await Rounds.WaitForLinks(2, peer: l, cancellationToken: Cancelled));
            most = Math.Max(most, await Rounds.WaitForLinks(2, peer: r, cancellationToken: Cancelled));
            Assert.Equal(expected, await Rounds.Call(ids[1], 4, peer: l, cancellationToken: Cancelled));
            await Task.WhenAll(Rounds.End(peer: l, cancellationToken: Cancelled), Rounds.End(peer: r, cancellationToken: Cancelled));
            await Rounds.WaitForLinks(1, peer: l, cancellationToken: Cancelled);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"At most {most} links at once on a side, one of them this test's.");
    }

    [Fact(Timeout = Neighbourhood.Patience)]
    public async Task Another_user_of_the_machine_gets_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root can run a process as another user.");
        await using var here = new Neighbourhood();
        using var theirs = new OtherUser();
        Assert.SkipUnless(await theirs.CanRunAsync(Cancelled), "The other user can't run dotnet here.");
        var peer = await here.StartPeerAsync();
        var socket = Assert.Single(Directory.GetFiles(here.Folder, "*.sock"));

        var call = await theirs.RunAsync(["call", $"127.0.0.1:{peer.Id.Port}"], here.PortStart, Cancelled);
        var connect = await theirs.RunAsync(["connect", socket], here.PortStart, Cancelled);

        Assert.StartsWith("NotAuthorized: ", Assert.Single(call), StringComparison.Ordinal);
        Assert.Equal("socket AccessDenied", Assert.Single(connect));
    }

    private static HashSet<PeerId> Sorted(params IEnumerable<PeerProcess> peers) => [.. peers.Select(peer => peer.Id)];
}
