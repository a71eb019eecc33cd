using System.Text.Json;
using AppNet.Connections;
using Xunit;

namespace AppNet.Tests.Connections;

/// <summary>docs/protocol.md, section 6.3.</summary>
public sealed class ArgumentReaderTests
{
    private const string Signature = "Calc.MultiplyValues(int val1, int val2 = 5)";

    private static readonly MultiplyValuesConnection Multiply = new();

    [Theory]
    [InlineData("[5,10]", false, 0, 50)]
    [InlineData(" [ 5 , 10 ] \n", false, 0, 50)]
    [InlineData("[5]", false, 0, 25)]
    [InlineData("[5,{\"val2\":10}]", true, 0, 50)]
    [InlineData("[5,{}]", true, 0, 25)]
    [InlineData("[5,10,{}]", true, 0, 50)]
    [InlineData("[{\"val2\":10,\"val1\":5}]", true, 0, 50)]
    [InlineData("[{\"val\\u0031\":7}]", true, 0, 35)]
    [InlineData("[5,10,{\"x\":[1,{\"y\":2}]},null]", false, 2, 50)]
    [InlineData("[5,10,3,{}]", true, 1, 50)]
    public void Arguments_reach_their_parameters(string payload, bool named, int trailingDefaults, int expected)
    {
        object? result = TestInvocation.Run(Multiply, payload, named, trailingDefaults);

        Assert.Equal(expected, result);
    }

    [Theory]
    [InlineData("", false, "was called without its argument 'val1'.")]
    [InlineData("[]", false, "was called without its argument 'val1'.")]
    [InlineData("[{\"val2\":1}]", true, "was called without its argument 'val1'.")]
    [InlineData("[1,{\"val3\":1}]", true, "has no parameter 'val3'.")]
    [InlineData("[1,{\"Val2\":1}]", true, "has no parameter 'Val2'.")]
    [InlineData("[1,2,3]", false, "takes 2 arguments, but 3 were given.")]
    [InlineData("[1,2,3,{}]", true, "takes 2 arguments, but 3 were given.")]
    [InlineData("[1,{\"val1\":2}]", true, "was given its argument 'val1' by position and by name.")]
    [InlineData("[1,{\"val2\":2,\"val2\":3}]", true, "was given its argument 'val2' twice by name.")]
    [InlineData("[\"five\",2]", false, "can't take '\"five\"' as its argument 'val1': it is not of type int.")]
    [InlineData("[1,null]", false, "can't take 'null' as its argument 'val2': it is not of type int.")]
    [InlineData("[1.5]", false, "can't take '1.5' as its argument 'val1': it is not of type int.")]
    [InlineData("[2147483648]", false, "can't take '2147483648' as its argument 'val1': it is not of type int.")]
    [InlineData("[1,{\"val2\":{\"a\": [1]}}]", true, "can't take '{\"a\": [1]}' as its argument 'val2': it is not of type int.")]
    public void A_fault_names_the_parameter_and_the_signature(string payload, bool named, string fault)
    {
        NetException exception = TestInvocation.Fail(Multiply, payload, named);

        Assert.Equal($"{Signature} {fault}", exception.Message);
    }

    [Theory]
    [InlineData("5", false)]
    [InlineData("{}", false)]
    [InlineData("[5", false)]
    [InlineData("[5,", false)]
    [InlineData("[5,10", false)]
    [InlineData("[5,10,", false)]
    [InlineData("[5,10]]", false)]
    [InlineData("[5,10] 7", false)]
    [InlineData("[5,10,]", false)]
    [InlineData("[5 10]", false)]
    [InlineData("[05]", false)]
    [InlineData("[/**/5]", false)]
    [InlineData("garbage", false)]
    [InlineData("\u0000", false)]
    [InlineData("", true)]
    [InlineData("[]", true)]
    [InlineData("[5]", true)]
    [InlineData("[5,[]]", true)]
    [InlineData("[{}]]", true)]
    [InlineData("[{\"val1\":5]", true)]
    [InlineData("[{\"\\ud800\":5}]", true)]
    [InlineData("{\"val1\":5}", true)]
    public void What_is_no_JSON_array_is_a_fault_of_the_arguments(string payload, bool named)
    {
        NetException exception = TestInvocation.Fail(Multiply, payload, named);

        Assert.StartsWith(Signature, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void JSON_that_is_too_deep_is_a_fault_of_the_arguments(bool named)
    {
        string deep = new string('[', 100_000) + new string(']', 100_000);

        NetException exception = TestInvocation.Fail(Multiply, $"[5,10,{deep}{(named ? ",{}" : "")}]", named, trailingDefaults: 1);

        Assert.IsAssignableFrom<JsonException>(exception.InnerException);
    }

    [Fact]
    public void A_surplus_argument_not_at_its_default_is_a_fault()
    {
        NetException exception = TestInvocation.Fail(Multiply, "[1,2,3,4]", trailingDefaults: 1);

        Assert.Equal($"{Signature} takes 2 arguments, but 4 were given.", exception.Message);
    }

    [Fact]
    public void A_long_value_is_quoted_in_short()
    {
        string text = string.Concat(Enumerable.Repeat("äö\U0001F600", 100_000));

        NetException exception = TestInvocation.Fail(Multiply, $"[\"{text}\"]");

        string quote = exception.Message.Split("take '")[1].Split("' as")[0];
        Assert.InRange(quote.Length, 60, 64);
        Assert.EndsWith("…", quote, StringComparison.Ordinal);
        Assert.DoesNotContain('\uFFFD', quote);
    }

    [Fact]
    public void A_long_unknown_name_is_quoted_in_short()
    {
        NetException exception = TestInvocation.Fail(Multiply, $"[{{\"{new string('n', 1_000)}\":1}}]", named: true);

        Assert.True(exception.Message.Length < 200, exception.Message);
    }

    [Fact]
    public void Whatever_a_converter_throws_is_a_fault_of_its_argument()
    {
        var connection = new DefinitionOf<int>(new ThrowingCodec());

        NetException exception = TestInvocation.Fail(connection, "[7]");

        Assert.Equal("Test.Run(int value) can't take '7' as its argument 'value': it is not of type int.", exception.Message);
        Assert.Equal("mine", Assert.IsType<NetException>(exception.InnerException).Message);
    }

    [Fact]
    public void A_positional_call_allocates_nothing()
    {
        byte[] payload = "[5,10]"u8.ToArray();
        int sum = 0;

        long allocated = Allocations.Least(() => sum = ReadRepeatedly(payload, 1_000));

        Assert.Equal(15_000, sum);
        Assert.Equal(0, allocated);
    }

    private static int ReadRepeatedly(byte[] payload, int times)
    {
        int sum = 0;
        for (int i = 0; i < times; i++)
        {
            var reader = new ArgumentReader(payload, named: false, trailingDefaults: 0, Multiply, TestInvocation.Options);
            sum += reader.Read(ValueCodecs.Int32) + reader.ReadOptional(ValueCodecs.Int32, 5);
            reader.End();
        }

        return sum;
    }

    private sealed class ThrowingCodec : ValueCodec<int>
    {
        public override void Write(ref ValueWriter writer, int value) => writer.Json.WriteNumberValue(value);

        public override int Read(ref ValueReader reader) => throw new NetException(NetError.PeerLost, "mine");
    }
}
