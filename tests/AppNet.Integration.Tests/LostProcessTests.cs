using AppNet.Integration.Tests.Neighbour;
using Xunit;

namespace AppNet.Integration.Tests;

public sealed class LostProcessTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = Neighbourhood.Patience)]
    public async Task A_call_to_a_process_that_is_killed_ends_with_peer_lost()
    {
        await using var here = new Neighbourhood();
        var other = await here.StartPeerAsync();
        var local = await here.StartLocalAsync();
        var call = Functions.Never(peer: local.GetPeer(other.Id), cancellationToken: Cancelled);
        await other.UnderWayAsync();

        other.Process.Kill();

        var exception = await Assert.ThrowsAsync<NetException>(() => call);
        Assert.Equal(NetError.PeerLost, exception.Error);
        Assert.Equal(CallOutcome.MayHaveRun, exception.Outcome);
        Assert.Contains(other.Id.ToFriendlyString(), exception.Message, StringComparison.Ordinal);
        Assert.Contains("Functions.Never", exception.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Neighbourhood.Patience)]
    public async Task A_call_to_a_process_that_is_frozen_ends_with_peer_lost_and_once_it_thaws_it_can_be_called_again()
    {
        await using var here = new Neighbourhood();
        var other = await here.StartPeerAsync();
        var local = await here.StartLocalAsync();
        var peer = local.GetPeer(other.Id);
        var call = Functions.Never(peer: peer, cancellationToken: Cancelled);
        await other.UnderWayAsync();

        await other.Process.FreezeAsync(Cancelled);

        var exception = await Assert.ThrowsAsync<NetException>(() => call);
        Assert.Equal(NetError.PeerLost, exception.Error);
        Assert.Contains("no sign of life for 2 s", exception.Message, StringComparison.Ordinal);

        await other.Process.ThawAsync(Cancelled);

        Assert.Equal(other.Process.Id, await Functions.ProcessId(peer: peer, cancellationToken: Cancelled));
    }

    [Fact(Timeout = Neighbourhood.Patience)]
    public async Task A_program_that_ends_without_stopping_its_peer_takes_its_entry_along()
    {
        await using var here = new Neighbourhood();
        var other = await here.StartPeerAsync("end");
        var local = await here.StartLocalAsync();
        Assert.Contains(await local.GetPeersAsync(cancellationToken: Cancelled), peer => peer.Id == other.Id);

        await other.ReleaseAsync();

        Assert.Equal(0, await other.EndAsync());
        Assert.Equal([local.Info.Instance.ToString("N")], here.Entries());
        Assert.Empty(await local.GetPeersAsync(refresh: true, cancellationToken: Cancelled));
    }

    [Fact(Timeout = Neighbourhood.Patience)]
    public async Task A_process_that_was_killed_is_not_listed_and_its_files_are_removed()
    {
        await using var here = new Neighbourhood();
        var other = await here.StartPeerAsync();
        var local = await here.StartLocalAsync();
        Assert.Contains(await local.GetPeersAsync(cancellationToken: Cancelled), peer => peer.Id == other.Id);

        other.Process.Kill();
        await other.EndAsync();

        Assert.Empty(await local.GetPeersAsync(refresh: true, cancellationToken: Cancelled));
        Assert.DoesNotContain(Directory.GetFiles(here.Folder), path => path.Contains(other.Instance.ToString("N"), StringComparison.Ordinal));
    }

    [Fact(Timeout = Neighbourhood.Patience)]
    public async Task A_handle_by_id_reaches_the_process_that_took_the_place_of_a_dead_one()
    {
        await using var here = new Neighbourhood();
        var first = await here.StartPeerAsync();
        var local = await here.StartLocalAsync();
        var peer = Assert.Single(await local.GetPeersAsync(cancellationToken: Cancelled));
        Assert.Equal(first.Process.Id, await Functions.ProcessId(peer: peer, cancellationToken: Cancelled));
        first.Process.Kill();
        await first.EndAsync();

        var second = await here.StartPeerAsync();

        // An id is host, port and group: whoever has them now is the peer. The info in the handle is of the one that was found.
        Assert.Equal(first.Id, second.Id);
        Assert.Equal(second.Process.Id, await Functions.ProcessId(peer: peer, cancellationToken: Cancelled));
        Assert.Equal(first.Process.Id, peer.Info!.ProcessId);
    }
}
