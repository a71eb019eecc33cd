using System.Text;
using AppNet.Wire;
using Xunit;

namespace AppNet.Tests.Wire;

public sealed class PayloadBufferTests
{
    [Fact]
    public void What_is_written_is_read_back_at_any_size()
    {
        PayloadBuffer payload = PayloadBuffer.Rent();
        string text = new('x', 1_000_000);

        payload.Json.WriteStringValue(text);
        payload.Json.Flush();

        Assert.Equal($"\"{text}\"", Encoding.UTF8.GetString(payload.WrittenSpan));
        Assert.Equal(payload.WrittenSpan, payload.WrittenMemory.Span);
        PayloadBuffer.Return(payload);
    }

    [Fact]
    public void A_returned_buffer_is_rented_again_empty()
    {
        PayloadBuffer first = PayloadBuffer.Rent(limit: 5);
        first.Json.WriteStringValue("half-written");
        PayloadBuffer.Return(first);

        PayloadBuffer second = PayloadBuffer.Rent();
        second.Json.WriteNumberValue(1);
        second.Json.Flush();

        Assert.Same(first, second);
        Assert.Equal("1", Encoding.UTF8.GetString(second.WrittenSpan));
        Assert.Equal(PayloadBuffer.DefaultLimit, second.Limit);
        PayloadBuffer.Return(second);
    }

    [Fact]
    public void Two_at_once_are_different_ones()
    {
        PayloadBuffer first = PayloadBuffer.Rent();
        PayloadBuffer second = PayloadBuffer.Rent();

        Assert.NotSame(first, second);

        PayloadBuffer.Return(first);
        PayloadBuffer.Return(second);
        Assert.Same(first, PayloadBuffer.Rent());
    }

    [Fact]
    public void More_than_the_limit_is_too_large()
    {
        PayloadBuffer payload = PayloadBuffer.Rent(limit: 10);
        payload.Json.WriteStringValue("12345678");
        payload.Json.Flush();
        Assert.False(payload.IsOverLimit);

        payload.Json.WriteNumberValue(1);
        NetException exception = Assert.Throws<NetException>(payload.Json.Flush);

        Assert.Equal(NetError.TooLarge, exception.Error);
        Assert.Equal("The payload is larger than the limit of 10 bytes.", exception.Message);
        Assert.True(payload.IsOverLimit);
        PayloadBuffer.Return(payload);
    }

    [Fact]
    public void Too_large_stays_so_for_whoever_goes_on()
    {
        PayloadBuffer payload = PayloadBuffer.Rent(limit: 10);
        payload.Json.WriteStringValue("1234567890");
        Assert.Throws<NetException>(payload.Json.Flush);

        Assert.Equal(NetError.TooLarge, Assert.Throws<NetException>(payload.Complete).Error);

        PayloadBuffer.Return(payload);
    }

    [Fact]
    public void Writing_again_and_again_allocates_nothing() =>
        Assert.Equal(0, Allocations.Least(() => Write(100)));

    private static void Write(int times)
    {
        for (int i = 0; i < times; i++)
        {
            PayloadBuffer payload = PayloadBuffer.Rent();
            payload.Json.WriteStringValue("some text");
            payload.Json.Flush();
            PayloadBuffer.Return(payload);
        }
    }
}
