using System.Text;
using AppNet.Tests.Links;
using AppNet.Wire;
using Xunit;

namespace AppNet.Tests.Calls;

/// <summary>docs/protocol.md, section 7.5, against bytes by hand.</summary>
public sealed class FlagWireTests
{
    [Fact]
    public async Task A_flag_travels_as_its_name()
    {
        await using var peer = RawPeer.Start();
        peer.Side.Offer("busy", int () => throw new FlagException("BÜSY"));

        await peer.SendAsync(FrameType.Tag, 1, 0, "busy"u8.ToArray());
        await peer.SendAsync(FrameType.Call, 1, 9, "[]"u8.ToArray());

        var (header, content) = await peer.ReadAsync(FrameType.Flag);
        Assert.Equal((9u, 0), (header.Id, header.Number));
        Assert.Equal("BÜSY", Encoding.UTF8.GetString(content));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(257)]
    public async Task A_flag_without_a_proper_name_is_a_violation_and_the_call_ends(int length)
    {
        await using var peer = RawPeer.Start();
        var call = peer.Side.CallAsync<int>("busy");
        var (header, _) = await peer.ReadAsync(FrameType.Call);

        await peer.SendAsync(FrameType.Flag, 0, header.Id, new byte[length]);

        Assert.Equal(NetError.PeerLost, (await Assert.ThrowsAsync<NetException>(() => call.Within())).Error);
        var (_, text) = await peer.ReadAsync(FrameType.Goodbye);
        Assert.Contains("flag's name", Encoding.UTF8.GetString(text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flag_whose_name_is_no_text_is_a_violation()
    {
        await using var peer = RawPeer.Start();

        await peer.SendAsync(FrameType.Flag, 0, 1, [0xC3, 0x28]);

        var (_, text) = await peer.ReadAsync(FrameType.Goodbye);
        Assert.Contains("flag's name", Encoding.UTF8.GetString(text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flag_for_a_call_that_nobody_waits_for_is_dropped()
    {
        await using var peer = RawPeer.Start();
        peer.Side.Offer("same", (int x) => x);

        await peer.SendAsync(FrameType.Flag, 0, 77, "BUSY"u8.ToArray());
        await peer.SendAsync(FrameType.Tag, 1, 0, "same"u8.ToArray());
        await peer.SendAsync(FrameType.Call, 1, 9, "[5]"u8.ToArray());

        Assert.Equal("5", Encoding.UTF8.GetString((await peer.ReadAsync(FrameType.Answer)).Content));
    }
}
