using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Xunit;

namespace AppNet.Generators.Tests.Compiled;

/// <summary>Every kind of type that a method can take and give: by overload on a peer, by tag, and here.</summary>
public sealed class ShapeTests
{
    private static readonly Shapes.Point Somewhere = new(1, -2.5);

    private delegate Task<T> Overload<T>(T value, Peer? peer);

    [Fact]
    public async Task Plain_values_come_through()
    {
        await using var peers = await TwoPeers.StartAsync();
        await CheckAsync(peers, "enum", Shapes.Colour.Green, async (value, peer) => await Shapes.OfEnum(value, peer));
        await CheckAsync(peers, "enum", (Shapes.Colour)77, async (value, peer) => await Shapes.OfEnum(value, peer));
        await CheckAsync<int?>(peers, "nullable", 7, (value, peer) => Shapes.OfNullable(value, peer));
        await CheckAsync<int?>(peers, "nullable", null, (value, peer) => Shapes.OfNullable(value, peer));
        await CheckAsync(peers, "moment", new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.FromHours(5.5)), (value, peer) => Shapes.OfMoment(value, peer));
        await CheckAsync(peers, "guid", Guid.Parse("11112222-3333-4444-5555-666677778888"), (value, peer) => Shapes.OfGuid(value, peer));
        await CheckAsync(peers, "big", BigInteger.Pow(7, 200), (value, peer) => Shapes.OfBig(value, peer));
        await CheckAsync(peers, "decimal", decimal.Parse("79228162514264337593543950335", CultureInfo.InvariantCulture), (value, peer) => Shapes.OfDecimal(value, peer));
    }

    [Fact]
    public async Task Composed_values_come_through()
    {
        await using var peers = await TwoPeers.StartAsync();
        var box = new Shapes.Box { Name = "outer", Points = [Somewhere], Inner = new Shapes.Box { Name = "inner" } };
        await CheckAsync(peers, "record", Somewhere, (value, peer) => Shapes.OfRecord(value, peer));
        await CheckAsync(peers, "null", (Shapes.Point?)null, (value, peer) => Shapes.OfNull(value, peer));
        await CheckAsync(peers, "class", box, (value, peer) => Shapes.OfClass(value, peer));
        await CheckAsync(peers, "tuple", (1, "two", Somewhere), (value, peer) => Shapes.OfTuple(value, peer));
        await CheckAsync(peers, "generic", new Shapes.Pair<int, List<string>>(1, ["a", "b"]), (value, peer) => Shapes.OfGeneric(value, peer));
        await CheckAsync<Shapes.Animal[]>(
            peers, "polymorph", [new Shapes.Cat("Tom", 9), new Shapes.Dog("Rex", true)], (value, peer) => Shapes.OfPolymorph(value, peer));
    }

    [Fact]
    public async Task Collections_come_through()
    {
        await using var peers = await TwoPeers.StartAsync();
        await CheckAsync(
            peers,
            "dictionary",
            new Dictionary<string, Shapes.Point>(StringComparer.Ordinal) { ["here"] = Somewhere, [""] = new(0, 0) },
            (value, peer) => Shapes.OfDictionary(value, peer));
        await CheckAsync<List<Dictionary<string, int[]>>>(
            peers, "nested", [new(StringComparer.Ordinal) { ["a"] = [1, 2], ["b"] = [] }, []], (value, peer) => Shapes.OfNested(value, peer));
        await CheckAsync<ReadOnlyMemory<byte>>(peers, "bytes", new byte[] { 1, 2, 255 }, (value, peer) => Shapes.OfBytes(value, peer));
        await CheckAsync<Memory<byte>>(peers, "writable", new byte[] { 1, 2, 255 }, (value, peer) => Shapes.OfWritable(value, peer));
        await CheckAsync<float[]>(peers, "floats", [1.5f, float.MaxValue], (value, peer) => Shapes.OfFloats(value, peer));
    }

    private static async Task CheckAsync<T>(TwoPeers peers, string tag, T value, Overload<T> overload)
    {
        var expected = JsonSerializer.Serialize(value, Options);

        Assert.Equal(expected, JsonSerializer.Serialize(await overload(value, peers.Peer), Options));
        Assert.Equal(expected, JsonSerializer.Serialize(await overload(value, peer: null), Options));
        Assert.Equal(expected, JsonSerializer.Serialize(await peers.Peer.InvokeAsync<T>("shapes." + tag, [value], TestContext.Current.CancellationToken), Options));
    }

    private static JsonSerializerOptions Options { get; } = new() { IncludeFields = true };
}
