using AppNet.Integration.Tests.Neighbour;
using Xunit;

namespace AppNet.Integration.Tests;

public sealed class LeavingTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = Neighbourhood.Patience)]
    public async Task A_peer_that_is_asked_to_end_finishes_the_calls_it_has_taken_and_takes_no_more()
    {
        await using var here = new Neighbourhood();
        var other = await here.StartPeerAsync();
        var local = await here.StartLocalAsync();
        var peer = local.GetPeer(other.Id);
        var calls = Enumerable.Range(0, 3).Select(i => Functions.UntilReleased($"{i}", peer: peer, cancellationToken: Cancelled)).ToArray();
        await other.UnderWayAsync(3);

        await other.Process.SignalAsync("TERM", Cancelled);
        var refused = await CallUntilRefusedAsync(peer);
        await other.ReleaseAsync();

        Assert.Equal(CallOutcome.HasNotRun, refused.Outcome);
        Assert.True(refused.Error is NetError.Refused or NetError.PeerNotFound, $"{refused}");
        Assert.Equal(["0", "1", "2"], await Task.WhenAll(calls));
        Assert.Equal(0, await other.EndAsync());
        Assert.Contains("left", other.Process.Output);
        Assert.DoesNotContain(other.Instance.ToString("N"), here.Entries());
    }

    [Fact(Timeout = Neighbourhood.Patience)]
    public async Task A_second_signal_ends_a_peer_at_once()
    {
        await using var here = new Neighbourhood();
        var other = await here.StartPeerAsync();
        var local = await here.StartLocalAsync();
        var peer = local.GetPeer(other.Id);
        var call = Functions.UntilReleased("never", peer: peer, cancellationToken: Cancelled);
        await other.UnderWayAsync();
        await other.Process.SignalAsync("TERM", Cancelled);
        await CallUntilRefusedAsync(peer);

        await other.Process.SignalAsync("TERM", Cancelled);

        Assert.Equal(0, await other.EndAsync());
        Assert.Equal(NetError.PeerLost, (await Assert.ThrowsAsync<NetException>(() => call)).Error);
    }

    // The signal arrives when it arrives: until then calls are answered.
    private static async Task<NetException> CallUntilRefusedAsync(Peer peer)
    {
        while (true)
        {
            try
            {
                await Functions.ProcessId(peer: peer, cancellationToken: Cancelled);
            }
            catch (NetException exception)
            {
                return exception;
            }
        }
    }
}
