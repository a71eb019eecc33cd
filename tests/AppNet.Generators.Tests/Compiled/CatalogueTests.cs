using AppNet.Connections;
using Xunit;

namespace AppNet.Generators.Tests.Compiled;

/// <summary>What the module initializers of this assembly and of its library added to the catalogue.</summary>
public sealed class CatalogueTests
{
    private const string Space = "AppNet.Generators.Tests.Compiled.Calc.";

    [Fact]
    public void A_function_is_in_the_catalogue_with_its_parameters()
    {
        ConnectionDefinition definition = Find(Space + "MultiplyValues");

        ConnectionParameter[] expected = [new("val1", typeof(int)), new("val2", typeof(int), IsOptional: true, DefaultValue: 5)];
        Assert.Equal(expected, definition.Parameters);
        Assert.Equal(typeof(int), definition.ResultType);
        Assert.Equal("Multiplies two values.", definition.Summary);
        Assert.True(definition.IsImplemented);
        Assert.False(definition.IsCancellable);
    }

    [Fact]
    public void A_tag_of_its_own_leaves_the_default_name()
    {
        ConnectionDefinition definition = Find("MyTaggedFunction");

        Assert.Equal(Space + "Greet", definition.Name);
    }

    [Fact]
    public void What_the_runtime_fills_is_no_parameter_but_makes_a_function_cancellable()
    {
        ConnectionDefinition slowly = Find(Space + "Slowly");
        ConnectionDefinition move = Find(Space + "Move");

        Assert.Equal("value", Assert.Single(slowly.Parameters).Name);
        Assert.Equal("sample", Assert.Single(move.Parameters).Name);
        Assert.True(slowly.IsCancellable);
        Assert.True(move.IsCancellable);
        Assert.Equal(typeof(Calc.Sample), move.ResultType);
    }

    [Fact]
    public void A_function_without_a_result_says_so()
    {
        ConnectionDefinition definition = Find(Space + "Quietly");

        Assert.Equal(typeof(void), definition.ResultType);
        Assert.IsType<ConnectionDefinition<ValueTuple<double>, NoResult>>(definition, exactMatch: false);
    }

    [Fact]
    public void A_stub_is_in_the_catalogue_as_not_implemented()
    {
        ConnectionDefinition definition = Find("Render");

        Assert.False(definition.IsImplemented);
        Assert.Equal("frame", Assert.Single(definition.Parameters).Name);
    }

    [Fact]
    public void Functions_of_a_library_that_nothing_has_used_are_in_the_catalogue()
    {
        ConnectionDefinition definition = Find("AppNet.Generators.Tests.Library.Untouched.Half");

        Assert.Equal(typeof(int), definition.ResultType);
    }

    private static ConnectionDefinition Find(string tag) =>
        Assert.Single(
            ConnectionCatalogue.Snapshot(),
            definition => string.Equals(definition.Tag, tag, StringComparison.Ordinal));
}
