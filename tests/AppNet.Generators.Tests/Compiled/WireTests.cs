using AppNet.Connections;
using Xunit;

namespace AppNet.Generators.Tests.Compiled;

/// <summary>Generated codecs and invokers, over the bytes that travel between peers.</summary>
public sealed class WireTests
{
    private const string Space = "AppNet.Generators.Tests.Compiled.Calc.";

    [Fact]
    public void Arguments_travel_by_position()
    {
        (string payload, object? result) = RoundTrip.Of(Find(Space + "MultiplyValues"), (5, 10));

        Assert.Equal("[5,10]", payload);
        Assert.Equal(50, result);
    }

    [Fact]
    public void Texts_travel()
    {
        (_, object? result) = RoundTrip.Of(Find("MyTaggedFunction"), ValueTuple.Create("\"you\" ü"));

        Assert.Equal("Hello \"you\" ü", result);
    }

    [Fact]
    public void The_array_of_a_params_parameter_travels()
    {
        (_, object? result) = RoundTrip.Of(Find(Space + "Sum"), ValueTuple.Create(new[] { 1, 2, 3 }));

        Assert.Equal(6, result);
    }

    [Fact]
    public async Task The_runtime_fills_the_token()
    {
        (string payload, object? result) = RoundTrip.Of(Find(Space + "Slowly"), ValueTuple.Create(7));

        Assert.Equal("[7]", payload);
        Assert.Equal(7, await Assert.IsType<Task<int>>(result, exactMatch: false));
    }

    private static ConnectionDefinition Find(string tag) =>
        Assert.Single(
            ConnectionCatalogue.Snapshot(),
            definition => string.Equals(definition.Tag, tag, StringComparison.Ordinal));
}
