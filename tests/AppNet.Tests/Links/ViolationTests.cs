using System.Buffers.Binary;
using System.Text;
using AppNet.Links;
using AppNet.Tests.Connections;
using AppNet.Wire;
using Xunit;

namespace AppNet.Tests.Links;

public sealed class ViolationTests
{
    [Fact]
    public async Task Unknown_frames_and_unknown_fields_are_skipped()
    {
        await using var peer = RawPeer.Start();
        peer.Side.Functions.Add(new MultiplyValuesConnection("f"));

        await peer.SendAsync((FrameType)0x3F, 1, 2, [1, 2, 3]);
        await peer.SendAsync((FrameType)0xEE, 1, 2, [1, 2, 3]);
        await peer.SendAsync(FrameType.Call, 0, 9, Content([(200, [1, 2]), (5, "f"u8.ToArray()), (6, [])], "[5,10]"), FrameFlags.Fields);

        var (header, content) = await peer.ReadAsync(FrameType.Answer);
        Assert.Equal(9u, header.Id);
        Assert.Equal("50", Encoding.UTF8.GetString(content));
    }

    [Fact]
    public async Task The_longest_deadline_of_the_wire_is_taken()
    {
        await using var peer = RawPeer.Start();
        peer.Side.Offer("f", (CancellationToken token) => token.CanBeCanceled);

        await peer.SendAsync(FrameType.Call, 0, 9, Content([(1, [255, 255, 255, 255]), (5, "f"u8.ToArray())], "[]"), FrameFlags.Fields);

        var (_, content) = await peer.ReadAsync(FrameType.Answer);
        Assert.Equal("true", Encoding.UTF8.GetString(content));
    }

    [Fact]
    public async Task Fields_of_the_wrong_size_are_no_reason_to_fail()
    {
        await using var peer = RawPeer.Start();
        peer.Side.Functions.Add(new MultiplyValuesConnection("f"));

        await peer.SendAsync(
            FrameType.Call, 0, 9, Content([(1, [1]), (2, [7]), (3, new byte[600]), (4, []), (5, "f"u8.ToArray())], "[5,10]"), FrameFlags.Fields);

        Assert.Equal("50", Encoding.UTF8.GetString((await peer.ReadAsync(FrameType.Answer)).Content));
    }

    public static TheoryData<string, byte[]> Violations => new()
    {
        { "longer than", [255, 255, 255, 255, 0x11, 0, 0, 0, 0, 0, 0, 0] },
        { "after the handshake", RawPeer.Frame(FrameType.Hello, 0, 0, "{}"u8) },
        { "never given", RawPeer.Frame(FrameType.Call, 77, 1, "[]"u8) },
        { "A tag has 0 bytes", RawPeer.Frame(FrameType.Call, 0, 1, "[]"u8) },
        { "A tag has 0 bytes", RawPeer.Frame(FrameType.Tag, 1, 0, []) },
        { "A tag has 513 bytes", RawPeer.Frame(FrameType.Tag, 1, 0, new byte[513]) },
        { "not between 1 and", RawPeer.Frame(FrameType.Tag, 0, 0, "f"u8) },
        { "not between 1 and", RawPeer.Frame(FrameType.Tag, 60_000, 0, "f"u8) },
        { "shorter than its header fields", RawPeer.Frame(FrameType.Call, 0, 1, [1], FrameFlags.Fields) },
        { "shorter than its header fields", RawPeer.Frame(FrameType.Ping, 0, 1, [9, 0, 1], FrameFlags.Fields) },
        { "longer than its block", RawPeer.Frame(FrameType.Call, 0, 1, [3, 0, 5, 9, 0], FrameFlags.Fields) },
        { "longer than its block", RawPeer.Frame(FrameType.Call, 0, 1, [1, 0, 5], FrameFlags.Fields) },
    };

    [Theory]
    [MemberData(nameof(Violations))]
    public async Task A_violation_ends_the_link_with_its_reason_on_both_sides(string reason, byte[] frame)
    {
        await using var peer = RawPeer.Start();
        var call = peer.Side.CallAsync<int>("f");

        await peer.SendAsync(frame);

        var (header, text) = await peer.ReadAsync(FrameType.Goodbye);
        Assert.Equal((ushort)Goodbye.ProtocolError, header.Number);
        Assert.Contains(reason, Encoding.UTF8.GetString(text), StringComparison.Ordinal);
        await peer.Side.Link.Closed.Within();
        var lost = await Assert.ThrowsAsync<NetException>(() => call.Within());
        Assert.Equal(NetError.PeerLost, lost.Error);
        Assert.Contains(reason, lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_called_on_other_links_before_the_violation_is_still_sent()
    {
        await using var other = LinkPair.Start();
        other.Far.Offer("one", () => 1);
        await using var peer = RawPeer.Start();
        Task<int>? call = null;
        peer.Side.Offer("relay", () => { call = other.Near.CallAsync<int>("one"); });

        await peer.SendAsync(
            [
                .. RawPeer.Frame(FrameType.Tag, 1, 0, "relay"u8),
                .. RawPeer.Frame(FrameType.Call, 1, 1, "[]"u8),
                .. RawPeer.Frame(FrameType.Hello, 0, 0, "{}"u8),
            ]);

        await peer.Side.Link.Closed.Within();
        Assert.Equal(1, await call!.Within());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Garbage_does_nothing_but_end_its_link_with_a_reason(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 60; round++)
        {
            await using var peer = RawPeer.Start();
            peer.Side.Functions.Add(new MultiplyValuesConnection("f"));
            var call = peer.Side.CallAsync<int>("g");
            try
            {
                for (var i = 0; i < 20; i++)
                {
                    await peer.SendAsync(Garbage(random));
                }
            }
            catch (IOException)
            {
                // The link has ended already.
            }

            peer.CompleteSending();
            await peer.Side.Link.Closed.Within();
            var end = await Record.ExceptionAsync(() => call.Within());
            Assert.True(end is null or NetException, $"seed {seed}, round {round}: {end}");
        }
    }

    [Fact]
    public async Task An_end_in_the_middle_of_a_frame_ends_the_link()
    {
        await using var peer = RawPeer.Start();
        var call = peer.Side.CallAsync<int>("f");

        await peer.SendAsync(RawPeer.Frame(FrameType.Answer, 0, 1, new byte[100])[..50]);
        peer.CompleteSending();

        Assert.Equal(NetError.PeerLost, (await Assert.ThrowsAsync<NetException>(() => call.Within())).Error);
    }

    private static byte[] Garbage(Random random)
    {
        var content = new byte[random.Next(0, 60)];
        random.NextBytes(content);
        if (random.Next(10) == 0)
        {
            return content;
        }

        FrameType[] types = [FrameType.Ping, FrameType.Pong, FrameType.Tag, FrameType.Call, FrameType.Answer, FrameType.Error, FrameType.Cancel];
        var type = random.Next(8) == 0 ? (FrameType)random.Next(64, 256) : types[random.Next(types.Length)];
        var flags = random.Next(2) == 0 ? FrameFlags.None : (FrameFlags)random.Next(16);
        return RawPeer.Frame(type, (ushort)random.Next(0, 4), (uint)random.Next(0, 4), content, flags);
    }

    private static byte[] Content((byte Kind, byte[] Value)[] fields, string payload)
    {
        var block = new List<byte> { 0, 0 };
        foreach (var (kind, value) in fields)
        {
            block.Add(kind);
            block.Add((byte)value.Length);
            block.Add((byte)(value.Length >> 8));
            block.AddRange(value);
        }

        var bytes = block.ToArray();
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)(bytes.Length - 2));
        return [.. bytes, .. Encoding.UTF8.GetBytes(payload)];
    }
}
