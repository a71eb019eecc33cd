using System.Text;
using System.Text.Json;
using AppNet.Connections;
using AppNet.Wire;
using Xunit;

namespace AppNet.Tests.Connections;

public sealed class ValueCodecTests
{
    [Theory]
    [InlineData(double.NaN, "\"\\u004eaN\"")]
    [InlineData(double.PositiveInfinity, "\"\\u0049nfinity\"")]
    [InlineData(double.NegativeInfinity, "\"\\u002dInfinity\"")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(5.0, "5.0")]
    [InlineData(1e300, "1E+300")]
    public void Floats_say_that_they_are_floats(double value, string text)
    {
        Assert.Equal(text, Written(ValueCodecs.Double, value));
        Assert.Equal(value, Read(ValueCodecs.Double, text));
    }

    [Fact]
    public void Text_is_escaped_only_where_JSON_demands_it() =>
        Assert.Equal("\"<é&'+\\\"\\\\\\n>\"", Written(ValueCodecs.String, "<é&'+\"\\\n>"));

    [Fact]
    public void Null_crosses_where_the_type_has_it()
    {
        Assert.Null(Read(ValueCodecs.String, Written(ValueCodecs.String, null!)));
        Assert.Null(Read(ValueCodecs.Uri, Written(ValueCodecs.Uri, null!)));
        Assert.Null(Read(ValueCodecs.ByteArray, Written(ValueCodecs.ByteArray, null!)));
        Assert.Null(Read(ValueCodecs.Array(ValueCodecs.Int32), Written(ValueCodecs.Array(ValueCodecs.Int32), null!)));
        Assert.Null(Read(ValueCodecs.List(ValueCodecs.Int32), Written(ValueCodecs.List(ValueCodecs.Int32), null!)));
        Assert.True(Read(ValueCodecs.ByteMemory, "null").IsEmpty);
    }

    [Fact]
    public void Ranges_of_bytes_cross_as_base64()
    {
        string text = Written(ValueCodecs.ByteMemory, new byte[] { 1, 2, 3 }.AsMemory(1));

        Assert.Equal("\"AgM=\"", text);
        Assert.Equal([2, 3], Read(ValueCodecs.ByteMemory, text).ToArray());
    }

    [Fact]
    public void A_caller_that_wants_no_result_takes_any()
    {
        Assert.Equal(default, Read(ValueCodecs.NoResult, "{\"a\":[1,2]}"));
        Assert.Equal(default, Read(ValueCodecs.NoResult, ""));
    }

    [Fact]
    public void An_escaped_short_text_is_read() =>
        Assert.Equal(new TimeSpan(0, 1, 2, 3), Read(ValueCodecs.TimeSpan, "\"\\u0030\\u0031:\\u0030\\u0032:03\""));

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\" 01:02:03\"")]
    [InlineData("\"01:02:03 \"")]
    [InlineData("\"01:02:03x\"")]
    [InlineData("\"99999999.00:00:00\"")]
    [InlineData("\"000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
        + "0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001\"")]
    [InlineData("5")]
    public void What_is_no_time_is_no_value(string text) => AssertUnreadable(ValueCodecs.TimeSpan, text);

    [Fact]
    public void What_does_not_fit_is_no_value()
    {
        AssertUnreadable(ValueCodecs.Byte, "256");
        AssertUnreadable(ValueCodecs.Int32, "1.5");
        AssertUnreadable(ValueCodecs.Int32, "\"1\"");
        AssertUnreadable(ValueCodecs.BigInteger, "1.5");
        AssertUnreadable(ValueCodecs.BigInteger, "1e5");
        AssertUnreadable(ValueCodecs.BigInteger, "\"1\"");
        AssertUnreadable(ValueCodecs.Double, "\"1\"");
        AssertUnreadable(ValueCodecs.Char, "\"ab\"");
        AssertUnreadable(ValueCodecs.Char, "\"\"");
        AssertUnreadable(ValueCodecs.TimeOnly, "\"24:00:00\"");
        AssertUnreadable(ValueCodecs.DateOnly, "\"2026-02-30\"");
        AssertUnreadable(ValueCodecs.Boolean, "null");
        AssertUnreadable(ValueCodecs.ByteArray, "\"%\"");
        AssertUnreadable(ValueCodecs.Array(ValueCodecs.Int32), "[1,");
        AssertUnreadable(ValueCodecs.Array(ValueCodecs.Int32), "{}");
        AssertUnreadable(ValueCodecs.Int32, "1 2");
    }

    [Fact]
    public void Enumerations_of_each_size_cross_as_numbers()
    {
        Assert.Equal("255", Written(ValueCodecs.Enum<OfByte>(), OfByte.Highest));
        Assert.Equal("18446744073709551615", Written(ValueCodecs.Enum<OfUInt64>(), OfUInt64.Highest));
        Assert.Equal("-1", Written(ValueCodecs.Enum<OfInt64>(), OfInt64.Lower));
        Assert.Equal((OfByte)7, Read(ValueCodecs.Enum<OfByte>(), "7"));
        AssertUnreadable(ValueCodecs.Enum<OfByte>(), "256");
    }

    [Fact]
    public void A_result_that_cannot_be_written_is_a_bad_result()
    {
        PayloadBuffer payload = PayloadBuffer.Rent(limit: 10);

        NetException exception = Assert.Throws<NetException>(
            () => ResultPayload.Write(payload, ValueCodecs.String, new string('x', 100), "Calc.Name", TestInvocation.Options));

        Assert.Equal(NetError.BadResult, exception.Error);
        Assert.StartsWith("The result of 'Calc.Name' takes 102 bytes or more, and a message takes 10.", exception.Message, StringComparison.Ordinal);
        PayloadBuffer.Return(payload);
    }

    [Fact]
    public void A_type_without_contract_says_what_to_do()
    {
        var options = new JsonSerializerOptions { TypeInfoResolver = System.Text.Json.Serialization.Metadata.JsonTypeInfoResolver.Combine() };

        NetException exception = Assert.Throws<NetException>(
            () => ResultPayload.Read("{}"u8, ValueCodecs.Json<List<Version>>(), "f", options));

        Assert.IsType<NotSupportedException>(exception.InnerException);
        Assert.Contains("'List<Version>'", exception.InnerException.Message, StringComparison.Ordinal);
        Assert.Contains("NetOptions.SerializerContexts", exception.InnerException.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_peers_options_are_kept_apart()
    {
        ValueCodec<Version> codec = ValueCodecs.Json<Version>();
        var strict = new JsonSerializerOptions { TypeInfoResolver = System.Text.Json.Serialization.Metadata.JsonTypeInfoResolver.Combine() };

        Assert.Equal(new Version(1, 2), ResultPayload.Read("\"1.2\""u8, codec, "f", TestInvocation.Options));
        Assert.Throws<NetException>(() => ResultPayload.Read("\"1.2\""u8, codec, "f", strict));
        Assert.Equal(new Version(1, 2), ResultPayload.Read("\"1.2\""u8, codec, "f", TestInvocation.Options));
    }

    [Fact]
    public void Tuples_cross_with_their_elements()
    {
        ValueCodec<(int, string)> codec = ValueCodecs.Json<(int, string)>();

        Assert.Equal("""{"Item1":1,"Item2":"x"}""", Written(codec, (1, "x")));
        Assert.Equal((1, "x"), Read(codec, """{"item1":1,"ITEM2":"x"}"""));
    }

    private static void AssertUnreadable<T>(ValueCodec<T> codec, string text) =>
        Assert.Equal(NetError.BadResult, Assert.Throws<NetException>(() => Read(codec, text)).Error);

    private static string Written<T>(ValueCodec<T> codec, T value)
    {
        PayloadBuffer payload = PayloadBuffer.Rent();
        ResultPayload.Write(payload, codec, value, "test", TestInvocation.Options);
        string text = Encoding.UTF8.GetString(payload.WrittenSpan);
        PayloadBuffer.Return(payload);
        return text;
    }

    private static T Read<T>(ValueCodec<T> codec, string text) =>
        ResultPayload.Read(Encoding.UTF8.GetBytes(text), codec, "test", TestInvocation.Options);

    private enum OfByte : byte
    {
        Highest = byte.MaxValue,
    }

    private enum OfUInt64 : ulong
    {
        Highest = ulong.MaxValue,
    }

    private enum OfInt64 : long
    {
        Lower = -1,
    }
}
