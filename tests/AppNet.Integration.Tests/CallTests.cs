using AppNet.Integration.Tests.Neighbour;
using Xunit;

namespace AppNet.Integration.Tests;

public sealed class CallTests
{
    private const int LinkUp = 200;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory(Timeout = Neighbourhood.Patience)]
    [InlineData("tcp")]
    [InlineData("unix")]
    public async Task Ten_thousand_calls_in_flight_at_once_on_one_link_all_come_back_right(string transport)
    {
        const int Count = 10_000;
        await using var here = new Neighbourhood();
        var other = await here.StartPeerAsync();
        var local = await here.StartLocalAsync(options => options.UseUnixSockets = transport == "unix");
        var peer = local.GetPeer(other.Id);

        // No one is answered before all are there.
        var calls = Enumerable.Range(0, Count).Select(i => Functions.Gather(Count, i, peer: peer, cancellationToken: Cancelled));

        Assert.Equal(Enumerable.Range(0, Count), await Task.WhenAll(calls));
        var link = Assert.Single(here.Log.Entries, entry => entry.EventId.Id == LinkUp);
        Assert.Contains($"over {transport}", link.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Neighbourhood.Patience)]
    public async Task Arguments_by_name_and_at_their_defaults_and_records_travel()
    {
        await using var here = new Neighbourhood();
        var other = await here.StartPeerAsync();
        var local = await here.StartLocalAsync();
        var peer = local.GetPeer(other.Id);
        var place = new Place("ä \"quoted\" \U0001F600", 7, ["one"]);

        var moved = await Functions.Move(place, peer: peer, cancellationToken: Cancelled);
        var renamed = await Functions.Move(place, name: "new", by: -2, tags: ["two", "three"], peer: peer, cancellationToken: Cancelled);
        var product = await Functions.Multiply(val2: 3, val1: 4, peer: peer, cancellationToken: Cancelled);
        var byTag = await peer.InvokeAsync<int>(
            "AppNet.Integration.Tests.Neighbour.Functions.Multiply", new CallArguments(5) { ["val2"] = 10 }, Cancelled);

        Assert.Equal((place.Name, 8), (moved.Name, moved.X));
        Assert.Equal(["one"], moved.Tags);
        Assert.Equal(("new", 5), (renamed.Name, renamed.X));
        Assert.Equal(["one", "two", "three"], renamed.Tags);
        Assert.Equal(12, product);
        Assert.Equal(50, byTag);
    }

    [Fact(Timeout = Neighbourhood.Patience)]
    public async Task A_known_exception_is_thrown_as_itself_with_the_remote_one_inside()
    {
        await using var here = new Neighbourhood();
        var other = await here.StartPeerAsync();
        var local = await here.StartLocalAsync();

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(
            () => Functions.Fail("too bad", peer: local.GetPeer(other.Id), cancellationToken: Cancelled));

        Assert.Equal("too bad", exception.Message);
        var remote = Assert.IsType<RemoteException>(exception.InnerException);
        Assert.Equal(("System.InvalidOperationException", "too bad"), (remote.RemoteType, remote.RemoteMessage));
        Assert.Equal(other.Id, remote.Peer);
        Assert.Contains("Functions.Fail", remote.RemoteStackTrace, StringComparison.Ordinal);
        var inner = Assert.IsType<RemoteException>(remote.InnerException);
        Assert.Equal(("System.IO.InvalidDataException", "the reason"), (inner.RemoteType, inner.RemoteMessage));
    }

    [Fact(Timeout = Neighbourhood.Patience)]
    public async Task An_exception_of_an_unknown_type_is_thrown_as_remote_exception_with_its_stack()
    {
        await using var here = new Neighbourhood();
        var other = await here.StartPeerAsync();
        var local = await here.StartLocalAsync();

        var exception = await Assert.ThrowsAsync<RemoteException>(
            () => Functions.FailOddly("odd", peer: local.GetPeer(other.Id), cancellationToken: Cancelled));

        Assert.Equal((NetError.RemoteFailure, CallOutcome.HasRun), (exception.Error, exception.Outcome));
        Assert.Equal((typeof(OddException).FullName, "odd"), (exception.RemoteType, exception.RemoteMessage));
        Assert.Contains("Functions.FailOddly", exception.RemoteStackTrace, StringComparison.Ordinal);
        Assert.Contains(other.Id.ToFriendlyString(), exception.Message, StringComparison.Ordinal);
    }
}
