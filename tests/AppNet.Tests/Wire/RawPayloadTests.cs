using AppNet.Wire;
using Xunit;

namespace AppNet.Tests.Wire;

/// <summary>docs/protocol.md, section 11: the table of raw segments.</summary>
public sealed class RawPayloadTests
{
    [Fact]
    public void A_payload_is_table_then_json_then_segments()
    {
        var buffer = PayloadBuffer.Rent(takesRaw: true);
        buffer.Json.WriteStartArray();
        Assert.True(buffer.TryAddSegment(0, RawKind.Bytes, new byte[] { 1, 2, 3 }, 1, 2));
        buffer.Json.WriteNumberValue(7);
        Assert.True(buffer.TryAddSegment(2, RawKind.Int16, new short[] { 0x0201 }, 0, 2));
        buffer.Json.WriteEndArray();
        buffer.Complete();

        var payload = buffer.ToArray();
        PayloadBuffer.Return(buffer);

        byte[] expected =
        [
            2,
            0, 0, 0, 0, 2, 0, 0, 0,
            2, 0, 2, 0, 2, 0, 0, 0,
            .. "[null,7,null]"u8,
            2, 3,
            1, 2,
        ];
        Assert.Equal(expected, payload);
    }

    [Fact]
    public void Segments_are_found_by_position()
    {
        byte[] payload = [2, 1, 0, 0, 0, 1, 0, 0, 0, 4, 0, 4, 0, 4, 0, 0, 0, .. "[]"u8, 9, 1, 0, 0, 0];

        var raw = RawPayload.Parse(payload, isRaw: true);

        Assert.Equal("[]"u8, raw.Json);
        Assert.True(raw.TryGet(1, out var first, out var bytes));
        Assert.Equal(RawKind.Bytes, first);
        Assert.Equal([9], bytes.ToArray());
        Assert.True(raw.TryGet(4, out var second, out var numbers));
        Assert.Equal(RawKind.Int32, second);
        Assert.Equal([1, 0, 0, 0], numbers.ToArray());
        Assert.False(raw.TryGet(2, out _, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("02 0000 00 00 00000000")]
    [InlineData("01 0000 00 00 01000000")]
    [InlineData("01 0000 0a 00 00000000")]
    [InlineData("01 0000 00 01 00000000")]
    [InlineData("01 0000 04 00 02000000 0000")]
    [InlineData("01 0000 00 00 ffffffff 0000")]
    [InlineData("02 0100 00 00 00000000 0100 00 00 00000000")]
    public void A_table_that_speaks_of_what_is_not_there_is_refused(string payload)
    {
        var bytes = Convert.FromHexString(payload.Replace(" ", "", StringComparison.Ordinal));

        Assert.Throws<FormatException>(() => RawPayload.Parse(bytes, isRaw: true));
    }

    [Fact]
    public void More_than_the_limit_is_too_large_with_the_segments_counted()
    {
        var buffer = PayloadBuffer.Rent(limit: 100, takesRaw: true);
        try
        {
            var exception = Assert.Throws<NetException>(() => buffer.TryAddSegment(0, RawKind.Bytes, new byte[92], 0, 92));

            Assert.Equal(NetError.TooLarge, exception.Error);
        }
        finally
        {
            PayloadBuffer.Return(buffer);
        }
    }

    [Fact]
    public void Beyond_255_segments_values_go_as_json()
    {
        var buffer = PayloadBuffer.Rent(takesRaw: true);
        buffer.Json.WriteStartArray();
        for (var i = 0; i < RawTable.MaxSegments; i++)
        {
            Assert.True(buffer.TryAddSegment(i, RawKind.Bytes, Array.Empty<byte>(), 0, 0));
        }

        Assert.False(buffer.TryAddSegment(RawTable.MaxSegments, RawKind.Bytes, Array.Empty<byte>(), 0, 0));
        PayloadBuffer.Return(buffer);
    }
}
