using AppNet.Links;
using AppNet.Wire;
using Xunit;

namespace AppNet.Tests.Links;

public sealed class ReceiveBufferTests
{
    private static readonly byte[] Three =
    [
        .. RawPeer.Frame(FrameType.Cancel, 1, 1, []),
        .. RawPeer.Frame(FrameType.Answer, 2, 2, [7, 8, 9]),
        .. RawPeer.Frame(FrameType.Call, 3, 3, [2, 0, 1, 1, 5], FrameFlags.None),
    ];

    [Fact]
    public void Frames_come_out_whole_however_they_are_cut()
    {
        for (var first = 0; first <= Three.Length; first++)
        {
            for (var second = first; second <= Three.Length; second++)
            {
                var buffer = new ReceiveBuffer(100, Three.AsSpan(0, first));
                var taken = Take(buffer);
                Put(buffer, Three.AsSpan(first, second - first), taken);
                Put(buffer, Three.AsSpan(second), taken);

                Assert.Equal(["1:", "2:070809", "3:0200010105"], taken);
                Assert.True(buffer.IsEmpty);
                buffer.Release();
            }
        }
    }

    [Fact]
    public void Frames_longer_than_the_memory_make_it_grow()
    {
        var content = new byte[300_000];
        Random.Shared.NextBytes(content);
        byte[] bytes = [.. RawPeer.Frame(FrameType.Answer, 0, 1, content), .. RawPeer.Frame(FrameType.Answer, 0, 2, content)];
        var buffer = new ReceiveBuffer(300_000, default);
        var frames = 0;
        for (var sent = 0; sent < bytes.Length;)
        {
            var room = buffer.GetRoom();
            var count = Math.Min(Math.Min(room.Length, 7_777), bytes.Length - sent);
            bytes.AsSpan(sent, count).CopyTo(room);
            buffer.Commit(count);
            sent += count;
            while (buffer.TryTake(out var frame))
            {
                Assert.Equal((uint)++frames, frame.Header.Id);
                Assert.True(frame.Payload.SequenceEqual(content));
            }
        }

        Assert.Equal(2, frames);
    }

    [Fact]
    public void A_frame_longer_than_allowed_is_refused_by_its_header_alone()
    {
        var buffer = new ReceiveBuffer(99, RawPeer.Frame(FrameType.Answer, 0, 1, new byte[100]).AsSpan(0, FrameHeader.Size));

        var refused = Assert.Throws<ProtocolException>(() => buffer.TryTake(out _));

        Assert.Contains("100 bytes", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_split_leaves_the_memory_of_the_frame_in_use()
    {
        var buffer = new ReceiveBuffer(100, Three);
        Assert.True(buffer.TryTake(out _));
        Assert.True(buffer.TryTake(out var inUse));

        var other = buffer.Split();
        Assert.Equal(["3:0200010105"], Take(other));
        other.GetRoom().Fill(0xFF);
        other.Release();

        Assert.True(inUse.Payload.SequenceEqual(new byte[] { 7, 8, 9 }));
    }

    [Fact]
    public void A_header_is_read_as_it_was_written()
    {
        var header = new FrameHeader(0x01020304, (FrameType)0x55, FrameFlags.Fields | FrameFlags.Debugger, 0xABCD, 0xDEADBEEF);
        var bytes = new byte[FrameHeader.Size];

        header.Write(bytes);

        Assert.Equal([4, 3, 2, 1, 0x55, 5, 0xCD, 0xAB, 0xEF, 0xBE, 0xAD, 0xDE], bytes);
        Assert.Equal(header, FrameHeader.Read(bytes));
    }

    [Fact]
    public void Fields_are_read_as_they_were_written()
    {
        var writer = new FieldWriter(new byte[FieldWriter.MaxSize]);
        Assert.True(new FieldWriter(new byte[FieldWriter.MaxSize]).End().IsEmpty);
        writer.Add(FieldKind.Tag, new string('ä', 256));
        writer.Add((FieldKind)200, 0);
        writer.Add(FieldKind.TrailingDefaults, 1)[0] = 9;
        var block = writer.End();

        var reader = new FieldReader(block[FieldReader.PrefixSize..]);
        Assert.True(reader.Read());
        Assert.Equal(FieldKind.Tag, reader.Kind);
        Assert.Equal(512, reader.Value.Length);
        Assert.True(reader.Read());
        Assert.True(reader.Value.IsEmpty);
        Assert.True(reader.Read());
        Assert.Equal(9, reader.Value[0]);
        Assert.False(reader.Read());
    }

    private static List<string> Take(ReceiveBuffer buffer)
    {
        var taken = new List<string>();
        while (buffer.TryTake(out var frame))
        {
            taken.Add($"{frame.Header.Id}:{Convert.ToHexStringLower(frame.Payload)}");
        }

        return taken;
    }

    private static void Put(ReceiveBuffer buffer, ReadOnlySpan<byte> bytes, List<string> taken)
    {
        bytes.CopyTo(buffer.GetRoom());
        buffer.Commit(bytes.Length);
        taken.AddRange(Take(buffer));
    }
}
