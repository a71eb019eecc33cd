using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AppNet.Connections;
using Xunit;

namespace AppNet.Tests.Connections;

public sealed class SerializerOptionsFactoryTests
{
    [Fact]
    public void Names_are_those_of_CSharp_and_read_without_regard_to_case()
    {
        JsonSerializerOptions options = SerializerOptionsFactory.Build();

        Assert.Equal("""{"FirstName":"a","Big":12345678901234567890}""", JsonSerializer.Serialize(new Person("a", 12345678901234567890), options));
        Assert.Equal(new Person("a", 1), JsonSerializer.Deserialize<Person>("""{"firstNAME":"a","big":1}""", options));
        Assert.True(options.IsReadOnly);
    }

    [Fact]
    public void The_users_resolvers_are_asked_first()
    {
        var resolver = new DefaultJsonTypeInfoResolver
        {
            Modifiers = { static typeInfo => typeInfo.Properties.Clear() },
        };

        JsonSerializerOptions options = SerializerOptionsFactory.Build(resolver);

        Assert.Equal("{}", JsonSerializer.Serialize(new Person("a", 1), options));
    }

    [Fact]
    public void Values_that_are_too_deep_are_not_read()
    {
        string deep = new string('[', 65) + new string(']', 65);

        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<JsonElement>(deep, SerializerOptionsFactory.Build()));
    }

    private sealed record Person(string FirstName, BigInteger Big);
}
