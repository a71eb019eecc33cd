using System.Text;
using AppNet.Connections;
using AppNet.Wire;
using Xunit;

namespace AppNet.Tests.Connections;

public sealed class ArgumentWriterTests
{
    private static readonly MultiplyValuesConnection Multiply = new();

    [Theory]
    [InlineData(5, 10, "[5,10]", 0)]
    [InlineData(5, 5, "[5,5]", 1)]
    public void Arguments_are_written_with_the_count_of_those_at_their_default(int val1, int val2, string text, int defaults)
    {
        (string written, int trailing) = Write(Multiply, (val1, val2));

        Assert.Equal(text, written);
        Assert.Equal(defaults, trailing);
    }

    [Fact]
    public void Only_defaults_at_the_end_count()
    {
        PayloadBuffer payload = PayloadBuffer.Rent();
        var writer = new ArgumentWriter(payload, TestInvocation.Options);
        writer.WriteOptional(ValueCodecs.Int32, 1, 1);
        writer.WriteOptional(ValueCodecs.Int32, 2, 1);
        writer.WriteOptional(ValueCodecs.String, null!, null!);
        writer.End();

        Assert.Equal("[1,2,null]", Encoding.UTF8.GetString(payload.WrittenSpan));
        Assert.Equal(3, writer.Count);
        Assert.Equal(1, writer.TrailingDefaults);

        PayloadBuffer.Return(payload);
    }

    [Fact]
    public void An_argument_whose_getter_throws_is_named() =>
        AssertUnserializable(new Throwing(), "mine");

    [Fact]
    public void An_argument_of_a_cycle_is_named()
    {
        var node = new Node();
        node.Next = node;

        AssertUnserializable(node, "cycle");
    }

    [Fact]
    public void An_argument_of_a_type_that_cannot_be_serialized_is_named() =>
        AssertUnserializable<Action>(() => { }, "Action");

    [Fact]
    public void An_endless_argument_is_too_large()
    {
        NetException exception = Assert.Throws<NetException>(
            () => Write(new DefinitionOf<IEnumerable<int>>(ValueCodecs.Json<IEnumerable<int>>()), new(Endless()), limit: 100_000));

        Assert.Equal(NetError.TooLarge, exception.Error);
        Assert.Contains("100000", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void User_code_may_write_another_call_while_one_is_written()
    {
        var connection = new DefinitionOf<IEnumerable<string>>(ValueCodecs.Json<IEnumerable<string>>());

        (string written, _) = Write(connection, new(Nested()));

        Assert.Equal("""[["[1,5]","[2,5]"]]""", written);
    }

    private static IEnumerable<string> Nested()
    {
        yield return Write(Multiply, (1, 5)).Text;
        yield return Write(Multiply, (2, 5)).Text;
    }

    private static IEnumerable<int> Endless()
    {
        while (true)
        {
            yield return 1;
        }
    }

    private static void AssertUnserializable<T>(T value, string inner)
    {
        var connection = new DefinitionOf<T>(ValueCodecs.Json<T>());

        NetException exception = Assert.Throws<NetException>(() => Write(connection, new ValueTuple<T>(value)));

        Assert.Equal(NetError.BadArguments, exception.Error);
        Assert.StartsWith($"{connection.Signature} was not sent: its argument 'value' ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(inner, exception.InnerException!.Message, StringComparison.Ordinal);
    }

    private static (string Text, int TrailingDefaults) Write<TArguments, TResult>(
        ConnectionDefinition<TArguments, TResult> definition,
        TArguments arguments,
        int limit = PayloadBuffer.DefaultLimit)
        where TArguments : struct
    {
        PayloadBuffer payload = PayloadBuffer.Rent(limit);
        try
        {
            var writer = new ArgumentWriter(payload, TestInvocation.Options, definition);
            definition.WriteArguments(ref writer, in arguments);
            writer.End();
            return (Encoding.UTF8.GetString(payload.WrittenSpan), writer.TrailingDefaults);
        }
        finally
        {
            PayloadBuffer.Return(payload);
        }
    }

    private sealed class Node
    {
        public Node? Next { get; set; }
    }

    private sealed class Throwing
    {
        public int Value => throw new InvalidTimeZoneException("mine");
    }
}
