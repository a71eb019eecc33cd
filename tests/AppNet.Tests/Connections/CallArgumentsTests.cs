using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AppNet.Connections;
using AppNet.Wire;
using Xunit;

namespace AppNet.Tests.Connections;

public sealed class CallArgumentsTests
{
    [Fact]
    public void A_collection_expression_gives_arguments_by_position()
    {
        CallArguments arguments = [5, "x", null, 1.5, DayOfWeek.Friday, new[] { 1, 2 }, (1, 2)];

        Assert.Equal("""[5,"x",null,1.5,5,[1,2],{"Item1":1,"Item2":2}]""", Written(arguments));
        Assert.Equal(7, arguments.Count);
    }

    [Fact]
    public void An_initializer_gives_arguments_by_name()
    {
        var arguments = new CallArguments(5) { ["val2"] = 10 };

        Assert.Equal("""[5,{"val2":10}]""", Written(arguments));
        Assert.Equal([5, 10], arguments);
        Assert.Equal(10, arguments["val2"]);
        Assert.Throws<KeyNotFoundException>(() => arguments["val1"]);
    }

    [Fact]
    public void An_array_stays_one_argument()
    {
        Assert.Equal("""[["a","b"]]""", Written(new CallArguments(new[] { "a", "b" })));
        Assert.Equal("[null]", Written(new CallArguments(null)));
        Assert.Equal("[]", Written([]));
    }

    [Fact]
    public void A_name_given_twice_is_refused_at_once()
    {
        var arguments = new CallArguments { ["a"] = 1 };

        Assert.Throws<ArgumentException>(() => arguments["a"] = 2);
        Assert.Throws<ArgumentException>(() => arguments.AddNamed("a", 2));
        Assert.Throws<ArgumentException>(() => arguments.AddNamed("", 2));
    }

    [Fact]
    public void An_argument_with_a_type_info_needs_none_of_the_peers_options()
    {
        var empty = new JsonSerializerOptions { TypeInfoResolver = JsonTypeInfoResolver.Combine() };
        var typeInfo = (JsonTypeInfo<Version>)JsonSerializerOptions.Default.GetTypeInfo(typeof(Version));
        CallArguments arguments = [];
        arguments.Add(new Version(1, 2), typeInfo);
        arguments.Add(7);
        arguments.AddNamed("v", new Version(3, 4), typeInfo);

        Assert.Equal("""["1.2",7,{"v":"3.4"}]""", Written(arguments, empty));
    }

    [Fact]
    public void An_argument_that_cannot_be_serialized_is_named()
    {
        NetException byPosition = Assert.Throws<NetException>(() => Written([1, (Action)(() => { })]));
        NetException byName = Assert.Throws<NetException>(() => Written(new CallArguments { ["callback"] = (Action)(() => { }) }));

        Assert.Equal(NetError.BadArguments, byPosition.Error);
        Assert.StartsWith("The call was not sent: its argument 2 can't be serialized", byPosition.Message, StringComparison.Ordinal);
        Assert.StartsWith("The call was not sent: its argument 'callback' can't", byName.Message, StringComparison.Ordinal);
    }

    private static string Written(CallArguments arguments, JsonSerializerOptions? options = null)
    {
        PayloadBuffer payload = PayloadBuffer.Rent();
        try
        {
            var writer = new ArgumentWriter(payload, options ?? TestInvocation.Options);
            arguments.WriteTo(ref writer);
            writer.End();
            return Encoding.UTF8.GetString(payload.WrittenSpan);
        }
        finally
        {
            PayloadBuffer.Return(payload);
        }
    }
}
