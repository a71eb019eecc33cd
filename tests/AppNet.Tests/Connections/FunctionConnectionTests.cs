using System.Text.Json.Serialization;
using AppNet.Connections;
using Xunit;

namespace AppNet.Tests.Connections;

public sealed partial class FunctionConnectionTests
{
    [Fact]
    public void A_function_of_known_types_needs_no_reflection()
    {
        ConnectionDefinition connection = FunctionConnection.Create(
            "Multiply",
            (int a, int b) => a * b,
            Context.Default.Int32,
            Context.Default.Int32,
            Context.Default.Int32,
            "a",
            "b");

        Assert.Equal("Multiply(int a, int b) : int", new Connection(connection).Signature);
        Assert.Equal(50, TestInvocation.Run(connection, "[5,10]"));
        Assert.Equal(50, TestInvocation.Run(connection, """[5,{"b":10}]""", named: true));
        Assert.False(connection.IsCancellable);
    }

    [Fact]
    public async Task An_asynchronous_function_takes_the_token()
    {
        ConnectionDefinition connection = FunctionConnection.Create(
            "Greet",
            (string name, CancellationToken _) => Task.FromResult($"Hello {name}"),
            Context.Default.String,
            Context.Default.String);

        object? task = TestInvocation.Run(connection, "[\"you\"]");

        Assert.Equal("Hello you", await Assert.IsType<Task<string>>(task, exactMatch: false));
        Assert.Equal("Greet(string arg1) : string", new Connection(connection).Signature);
        Assert.True(connection.IsCancellable);
    }

    [Fact]
    public void Names_are_one_for_each_parameter_and_different() =>
        Assert.All<string[]>([["a"], ["a", "a"], ["a", "b", "c"]], names => Assert.Throws<ArgumentException>(() =>
            FunctionConnection.Create(
                "f",
                (int a, int b) => a * b,
                Context.Default.Int32,
                Context.Default.Int32,
                Context.Default.Int32,
                names)));

    [Fact]
    public void Functions_of_up_to_two_parameters_run()
    {
        var i = Context.Default.Int32;

        Assert.Equal(0, TestInvocation.Run(FunctionConnection.Create("f", () => 0, i), "[]"));
        Assert.Equal(1, TestInvocation.Run(FunctionConnection.Create("f", (int a) => a, i, i), "[1]"));
        Assert.Equal(21, TestInvocation.Run(FunctionConnection.Create("f", (int a, int b) => a + (10 * b), i, i, i), "[1,2]"));
    }

    [JsonSerializable(typeof(int))]
    [JsonSerializable(typeof(string))]
    private sealed partial class Context : JsonSerializerContext;
}
