using System.Text;
using System.Text.Json;
using AppNet.Wire;
using Xunit;

namespace AppNet.Tests.Wire;

public sealed class PeerInfoJsonTests
{
    private const string Least = """{"host":"a","port":1,"instance":"8c0e6b1e-3c5c-4d8e-9c0a-3f0c2f0f2b11"}""";

    [Fact]
    public void All_of_an_info_comes_back()
    {
        var info = Sample.Info(group: "render") with
        {
            IsHub = true,
            HasDebugger = true,
            Values = new Dictionary<string, string> { ["gpu"] = "\u00e9\"\\\u0001" },
        };

        Assert.True(PeerInfoJson.TryRead(PeerInfoJson.Serialize(info), out var back, out _));
        Assert.Equal(info, back);
    }

    [Fact]
    public void The_names_on_the_wire_are_the_specified_ones()
    {
        using var json = JsonDocument.Parse(PeerInfoJson.Serialize(Sample.Info()));

        Assert.Equal(
            ["host", "port", "group", "hub", "executable", "user", "instance", "pid", "machine", "runtime", "version", "startedAt", "debugger", "values"],
            json.RootElement.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public void Members_unknown_here_are_passed_over_and_those_left_out_have_their_defaults()
    {
        var json = Least.Replace("{", """{"later":{"x":[1,{"host":5}]},""", StringComparison.Ordinal);

        Assert.True(PeerInfoJson.TryRead(Encoding.UTF8.GetBytes(json), out var info, out _));
        Assert.Equal("a", info.Host);
        Assert.Equal("", info.Executable);
        Assert.Empty(info.Values);
        Assert.Null(info.Group);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"host":"a","port":1}""")]
    [InlineData("""{"host":"a b","port":1,"instance":"8c0e6b1e-3c5c-4d8e-9c0a-3f0c2f0f2b11"}""")]
    [InlineData("""{"host":"a","port":70000,"instance":"8c0e6b1e-3c5c-4d8e-9c0a-3f0c2f0f2b11"}""")]
    [InlineData("""{"host":"a","port":1,"group":"x\n","instance":"8c0e6b1e-3c5c-4d8e-9c0a-3f0c2f0f2b11"}""")]
    [InlineData("""{"host":"a","port":"1","instance":"8c0e6b1e-3c5c-4d8e-9c0a-3f0c2f0f2b11"}""")]
    [InlineData("""{"host":"a","port":1.5,"instance":"8c0e6b1e-3c5c-4d8e-9c0a-3f0c2f0f2b11"}""")]
    [InlineData("""{"host":"a","port":1,"instance":"no"}""")]
    [InlineData("""{"host":"a","port":1,"user":null,"instance":"8c0e6b1e-3c5c-4d8e-9c0a-3f0c2f0f2b11"}""")]
    [InlineData("""{"host":"a","port":1,"values":5,"instance":"8c0e6b1e-3c5c-4d8e-9c0a-3f0c2f0f2b11"}""")]
    [InlineData("""{"host":"a","port":1,"values":{"x":5},"instance":"8c0e6b1e-3c5c-4d8e-9c0a-3f0c2f0f2b11"}""")]
    [InlineData("""{"host":"a","port":1,"hub":"yes","instance":"8c0e6b1e-3c5c-4d8e-9c0a-3f0c2f0f2b11"}""")]
    [InlineData(Least + "x")]
    public void What_is_no_info_is_refused_with_a_reason(string json)
    {
        Assert.False(PeerInfoJson.TryRead(Encoding.UTF8.GetBytes(json), out var info, out var problem));
        Assert.Null(info);
        Assert.NotEmpty(problem);
    }

    [Fact]
    public void Each_prefix_and_each_flipped_byte_of_an_info_is_survived()
    {
        var json = PeerInfoJson.Serialize(Sample.Info() with { Values = new Dictionary<string, string> { ["a"] = "b" } });
        for (var i = 0; i < json.Length; i++)
        {
            var flipped = json.ToArray();
            flipped[i] ^= 0x15;

            Assert.False(PeerInfoJson.TryRead(json.AsSpan(0, i), out _, out _));
            _ = PeerInfoJson.TryRead(flipped, out _, out _);
        }
    }

    [Fact]
    public void Too_many_too_long_and_too_much_are_refused()
    {
        var many = Sample.Info() with { Values = Enumerable.Range(0, 65).ToDictionary(i => $"n{i}", _ => "v") };
        var @long = Sample.Info() with { Values = new Dictionary<string, string> { ["n"] = new('v', 1025) } };
        var much = Sample.Info() with { Values = Enumerable.Range(0, 17).ToDictionary(i => $"n{i}", _ => new string('v', 1000)) };

        Assert.False(PeerInfoJson.TryRead(PeerInfoJson.Serialize(many), out _, out var tooMany));
        Assert.Contains("64 values", tooMany, StringComparison.Ordinal);
        Assert.False(PeerInfoJson.TryRead(PeerInfoJson.Serialize(@long), out _, out var tooLong));
        Assert.Contains("1024 bytes", tooLong, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => PeerInfoJson.Serialize(much));
        Assert.False(PeerInfoJson.TryRead(new byte[PeerInfoJson.MaxBytes + 1], out _, out _));
    }

    [Fact]
    public void Users_serialize_an_info_in_the_same_form()
    {
        var info = Sample.Info();

        Assert.Equal(info, JsonSerializer.Deserialize<PeerInfo>(JsonSerializer.Serialize(info)));
    }
}
