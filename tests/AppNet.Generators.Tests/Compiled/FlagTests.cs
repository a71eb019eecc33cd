using AppNet.Calls;
using Xunit;

namespace AppNet.Generators.Tests.Compiled;

/// <summary>What the module initializer added for the flags of this assembly.</summary>
public sealed class FlagTests
{
    [Fact]
    public void A_handler_gets_the_context_and_its_value_is_returned()
    {
        object? value = Find("COMPILED")(new FlagContext("COMPILED", "Tag", peer: null));

        Assert.Equal("COMPILED of Tag", value);
    }

    [Fact]
    public void A_handler_may_take_nothing_and_return_any_type()
    {
        object? value = Find("COMPILED_NUMBER")(new FlagContext("COMPILED_NUMBER", "Tag", peer: null));

        Assert.Equal(7, value);
    }

    [Fact]
    public void The_value_of_a_handler_that_returns_nothing_is_null()
    {
        Func<FlagContext, object?> handler = Find("COMPILED_NOTHING");

        Assert.Null(handler(new FlagContext("COMPILED_NOTHING", "Tag", peer: null)));
        Assert.Throws<ArgumentNullException>(() => handler(null!));
    }

    private static Func<FlagContext, object?> Find(string name) =>
        Assert.Single(
            FlagCatalogue.Snapshot(),
            pair => string.Equals(pair.Key, name, StringComparison.Ordinal)).Value;
}
