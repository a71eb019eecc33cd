using System.Text;
using System.Text.Json;
using Xunit;

namespace AppNet.Tests.Vocabulary;

public sealed class PeerIdTests
{
    public static TheoryData<string, int, string, string, string> Recorded()
    {
        var data = new TheoryData<string, int, string, string, string>();
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "peer-ids.json")));
        foreach (var id in file.RootElement.EnumerateArray())
        {
            data.Add(
                id.GetProperty("host").GetString()!, id.GetProperty("port").GetInt32(), id.GetProperty("group").GetString()!,
                id.GetProperty("id").GetString()!, id.GetProperty("text").GetString()!);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Recorded))]
    public void An_id_reads_and_writes_what_the_python_library_does(string host, int port, string group, string base64, string text)
    {
        var made = new PeerId(host, port, group);

        Assert.Equal(base64, made.ToString());
        Assert.Equal(text, made.ToFriendlyString());
        Assert.Equal(made, PeerId.Parse(base64));
        Assert.Equal(group == "None" ? null : group, made.Group);
    }

    [Fact]
    public void Whatever_an_id_can_be_made_of_comes_back_from_each_of_its_forms()
    {
        const int Seed = 20261120;
        var random = new Random(Seed);
        for (var i = 0; i < 2_000; i++)
        {
            var id = new PeerId(AnyHost(random), random.Next(1, 65_536), AnyGroup(random));
            Span<byte> utf8 = new byte[1024];
            Span<char> chars = new char[1024];

            Assert.True(id.TryFormat(utf8, out var bytes, default, null));
            Assert.True(id.TryFormat(chars, out var length, default, null));
            Assert.Equal(id.ToString(), chars[..length].ToString());
            Assert.Equal(id.ToString(), Encoding.UTF8.GetString(utf8[..bytes]));
            Assert.Equal(id, PeerId.Parse(id.ToString()));
            Assert.Equal(id, PeerId.Parse((ReadOnlySpan<byte>)utf8[..bytes]));
            Assert.Equal(id.ToFriendlyString(), Encoding.UTF8.GetString(Convert.FromBase64String(id.ToString())));
            Assert.Equal(id.ToFriendlyString(), $"{id:F}");
        }
    }

    [Fact]
    public void Random_text_is_either_refused_with_a_reason_or_an_id_that_comes_back()
    {
        const int Seed = 7;
        var random = new Random(Seed);
        const string Alphabet = "0123456789:[]->. abN\u00e9\u0001";
        for (var i = 0; i < 5_000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(0, 30)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]);
            var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

            if (PeerId.TryParse(base64, out var id))
            {
                Assert.Equal(id, PeerId.Parse(id.ToString()));
            }
            else
            {
                Assert.Contains("is no peer id: it ", Assert.Throws<FormatException>(() => PeerId.Parse(base64)).Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("not base64!", "is no base64")]
    [InlineData("MTI3LjAuMC4xOjMwMTAgLT4gTm9uZQ", "is no base64")]
    public void Text_that_is_no_base64_is_refused_as_that(string text, string reason)
    {
        var refused = Assert.Throws<FormatException>(() => PeerId.Parse(text));

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.False(PeerId.TryParse(text, out var id));
        Assert.True(id.IsEmpty);
    }

    [Theory]
    [InlineData("127.0.0.1 -> None", "names no port")]
    [InlineData("127.0.0.1: -> None", "names no port")]
    [InlineData("127.0.0.1:70000 -> None", "names port 70000, which is out of range")]
    [InlineData("127.0.0.1:99999999999 -> None", "names port 99999999999, which is out of range")]
    [InlineData("127.0.0.1:0 -> None", "names port 0, which is out of range")]
    [InlineData("127.0.0.1:+80 -> None", "names '+80', which is no port")]
    [InlineData("127.0.0.1:3010", "has no ' -> group' part")]
    [InlineData("127.0.0.1:3010 -> ", "has a group that is empty")]
    [InlineData("127.0.0.1:3010 -> a\nb", "has a group that contains a control character")]
    [InlineData(":3010 -> None", "has a host that is empty")]
    [InlineData("a b:3010 -> None", "has a host that contains a character that no host has")]
    [InlineData("::1:3010 -> None", "has a host in brackets that is no IPv6 address")]
    [InlineData("[127.0.0.1]:3010 -> None", "has a host in brackets that is no IPv6 address")]
    [InlineData("[::1]x:3010 -> None", "has a host that contains a character that no host has")]
    public void What_is_wrong_inside_the_base64_is_named(string text, string reason)
    {
        var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

        var refused = Assert.Throws<FormatException>(() => PeerId.Parse(base64));

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_utf8_are_refused_as_that()
    {
        var base64 = Convert.ToBase64String([.. "a:1 -> "u8, 0xFF]);

        var refused = Assert.Throws<FormatException>(() => PeerId.Parse(base64));

        Assert.Contains("does not hold UTF-8", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_of_a_megabyte_is_refused_without_being_repeated_in_full()
    {
        var refused = Assert.Throws<FormatException>(() => PeerId.Parse(new string('A', 1 << 20)));

        Assert.True(refused.Message.Length < 300);
    }

    [Fact]
    public void An_ipv6_host_is_in_brackets_inside_the_text_only()
    {
        var id = new PeerId("[::1]", 3010);

        Assert.Equal("::1", id.Host);
        Assert.Equal("[::1]:3010 -> None", id.ToFriendlyString());
        Assert.Equal(id, new PeerId("::1", 3010));
        Assert.Equal(id, PeerId.Parse(id.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" a")]
    [InlineData("a ")]
    [InlineData("a\tb")]
    [InlineData("a\u2028b")]
    public void A_group_that_an_id_cant_carry_is_an_error(string group)
    {
        var error = Assert.Throws<ArgumentException>(() => new PeerId("localhost", 3010, group));

        Assert.Equal("group", error.ParamName);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a:b")]
    [InlineData("a/b")]
    public void A_host_that_is_none_is_an_error(string host)
    {
        var error = Assert.Throws<ArgumentException>(() => new PeerId(host, 3010));

        Assert.Equal("host", error.ParamName);
    }

    [Fact]
    public void Text_that_is_no_unicode_is_no_part_of_an_id()
    {
        const string HalfACharacter = "\ud800";

        Assert.Equal("group", Assert.Throws<ArgumentException>(() => new PeerId("a", 1, HalfACharacter)).ParamName);
        Assert.Equal("host", Assert.Throws<ArgumentException>(() => new PeerId(HalfACharacter, 1)).ParamName);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(65_536)]
    public void A_port_out_of_range_is_an_error(int port) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PeerId("localhost", port));

    [Fact]
    public void The_longest_host_and_group_fit_and_one_byte_more_does_not()
    {
        var host = new string('h', PeerIdRules.MaxHostBytes);
        var group = new string('\u00e9', PeerIdRules.MaxGroupBytes / 2) + "g";

        var id = new PeerId(host, 65_535, group);

        Assert.Equal(id, PeerId.Parse(id.ToString()));
        Assert.Throws<ArgumentException>(() => new PeerId(host + "h", 1));
        Assert.Throws<ArgumentException>(() => new PeerId("h", 1, group + "g"));
    }

    [Fact]
    public void The_empty_id_has_no_text_and_names_nobody()
    {
        PeerId id = default;

        Assert.True(id.IsEmpty);
        Assert.Equal("", id.ToString());
        Assert.Equal("", id.ToFriendlyString());
        Assert.Equal("", id.Host);
        Assert.Equal("", $"{id}");
        Assert.NotEqual(id, new PeerId("localhost", 3010));
        Assert.False(new PeerId("localhost", 3010).IsEmpty);
    }

    [Fact]
    public void A_buffer_that_is_too_small_is_told_and_written_nothing()
    {
        var id = new PeerId("127.0.0.1", 3010);
        Span<byte> bytes = new byte[31];
        Span<char> chars = new char[31];

        Assert.False(id.TryFormat(bytes, out var written, default, null));
        Assert.Equal(0, written);
        Assert.False(id.TryFormat(chars, out written, default, null));
        Assert.Equal(0, written);
        Assert.False(id.TryFormat(bytes[..5], out written, "F", null));
        Assert.Equal(0, written);
    }

    [Fact]
    public void An_unknown_format_is_an_error() =>
        Assert.Throws<FormatException>(() => $"{new PeerId("a", 1):X}");

    [Fact]
    public void Writing_into_a_buffer_allocates_nothing()
    {
        var id = new PeerId("127.0.0.1", 3010, "render");
        var buffer = new byte[64];

        var allocated = Allocations.Least(() =>
        {
            for (var i = 0; i < 100; i++)
            {
                _ = id.TryFormat(buffer, out _, default, null);
            }
        });

        Assert.Equal(0, allocated);
    }

    [Fact]
    public void In_json_an_id_is_its_base64_as_value_and_as_key()
    {
        var id = new PeerId("127.0.0.1", 3010);
        var map = new Dictionary<PeerId, PeerId> { [id] = id };

        var json = JsonSerializer.Serialize(map);
        var back = JsonSerializer.Deserialize<Dictionary<PeerId, PeerId>>(json)!;

        Assert.Equal($$"""{"{{id}}":"{{id}}"}""", json);
        Assert.Equal(id, back[id]);
        Assert.Equal(default, JsonSerializer.Deserialize<PeerId>(JsonSerializer.Serialize(default(PeerId))));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<PeerId>("\"nonsense\""));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<PeerId>("5"));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<PeerId>("null"));
    }

    [Fact]
    public void Generic_code_can_parse_an_id()
    {
        var id = new PeerId("127.0.0.1", 3010);

        Assert.Equal(id, ParseAny<PeerId>(id.ToString()));
    }

    private static T ParseAny<T>(string text)
        where T : ISpanParsable<T> => T.Parse(text.AsSpan(), provider: null);

    private static string AnyHost(Random random) => random.Next(5) switch
    {
        0 => "::1",
        1 => "fe80::1:2",
        2 => $"192.0.2.{random.Next(256)}",
        3 => "b\u00fccher.example",
        _ => $"host-{random.Next()}",
    };

    private static string? AnyGroup(Random random)
    {
        const string Inside = " ->:ab\u00e9\u4e2d[]None\"\\";
        return random.Next(4) == 0
            ? null
            : $"g{new string([.. Enumerable.Range(0, random.Next(40)).Select(_ => Inside[random.Next(Inside.Length)])])}g";
    }
}
