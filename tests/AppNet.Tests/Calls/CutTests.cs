using AppNet.Tests.Links;
using AppNet.Wire;
using Xunit;

namespace AppNet.Tests.Calls;

/// <summary>Links that end half-way through what they carry.</summary>
public sealed class CutTests
{
    [Fact]
    public async Task A_link_that_ends_in_the_middle_of_an_argument_runs_nothing()
    {
        await using var peer = RawPeer.Start();
        var ran = 0;
        peer.Side.Offer("run", (string text) => Interlocked.Increment(ref ran));
        await peer.SendAsync(FrameType.Tag, 1, 0, "run"u8.ToArray());
        var call = RawPeer.Frame(FrameType.Call, 1, 1, "[\"a long argument\"]"u8);

        await peer.SendAsync(call[..^6]);
        peer.Close();

        await peer.Side.Link.Closed.Within();
        Assert.Equal(0, ran);
        Assert.True(peer.Side.Calls.Incoming.IsIdle);
    }

    [Fact]
    public async Task A_link_that_ends_in_the_middle_of_an_answer_ends_its_call_as_lost()
    {
        await using var peer = RawPeer.Start();
        var call = peer.Side.CallAsync<string>("f");
        var id = (await peer.ReadAsync(FrameType.Call)).Header.Id;
        var answer = RawPeer.Frame(FrameType.Answer, 0, id, "\"a long answer\""u8);

        await peer.SendAsync(answer[..^6]);
        peer.Close();

        Assert.Equal(NetError.PeerLost, (await Assert.ThrowsAsync<NetException>(() => call.Within())).Error);
        Assert.True(peer.Side.Calls.Outgoing.IsEmpty);
    }
}
