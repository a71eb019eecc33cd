using System.Text.Json.Serialization;
using AppNet.Tests.Links;
using Xunit;

namespace AppNet.Tests.Peers;

public sealed partial class TypedFunctionsTests
{
    [Fact]
    public async Task Functions_with_type_infos_are_called_by_position_and_by_name()
    {
        var network = new MemoryNetwork();
        await using var callee = new LocalPeer(new NetOptions { Network = network });
        await using var caller = new LocalPeer(new NetOptions { Network = network });
        callee.Connect("Multiply", (int a, int b) => a * b, Numbers.Default.Int32, Numbers.Default.Int32, Numbers.Default.Int32, "a", "b");
        callee.Connect("Negate", (int value, CancellationToken _) => Task.FromResult(-value), Numbers.Default.Int32, Numbers.Default.Int32);
        await callee.StartAsync(TestContext.Current.CancellationToken);
        await caller.StartAsync(TestContext.Current.CancellationToken);
        var peer = caller.GetPeer(callee.Id);

        var product = await peer.InvokeAsync("Multiply", new CallArguments(5) { ["b"] = 10 }, Numbers.Default.Int32, TestContext.Current.CancellationToken).Within();
        var negated = await peer.InvokeAsync("Negate", [7], Numbers.Default.Int32, TestContext.Current.CancellationToken).Within();

        Assert.Equal(50, product);
        Assert.Equal(-7, negated);
    }

    [JsonSerializable(typeof(int))]
    private sealed partial class Numbers : JsonSerializerContext;
}
