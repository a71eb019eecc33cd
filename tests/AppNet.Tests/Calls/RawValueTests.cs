using System.Text.Json;
using AppNet.Links;
using AppNet.Tests.Links;
using Xunit;

namespace AppNet.Tests.Calls;

/// <summary>Bytes and arrays of numbers, which travel as they lie in memory.</summary>
public sealed class RawValueTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    [InlineData(3_000_000)]
    public async Task Bytes_come_back_as_they_went(int length)
    {
        await using var pair = LinkPair.Start();
        pair.Far.Offer("echo", (byte[] bytes) => bytes);
        pair.Far.Offer("echo memory", (ReadOnlyMemory<byte> bytes) => bytes);
        pair.Far.Offer("echo later", async (Memory<byte> bytes) =>
        {
            await Task.Yield();
            return bytes;
        });
        var sent = Bytes(length);

        Assert.Equal(sent, await pair.Near.CallAsync<byte[]>("echo", [sent]).Within());
        Assert.Equal(sent, (await pair.Near.CallAsync<ReadOnlyMemory<byte>>("echo memory", [(ReadOnlyMemory<byte>)sent]).Within()).ToArray());
        Assert.Equal(sent, (await pair.Near.CallAsync<Memory<byte>>("echo later", [sent.AsMemory()]).Within()).ToArray());
    }

    [Fact]
    public async Task Arrays_of_numbers_come_back_as_they_went()
    {
        await using var pair = LinkPair.Start();
        await AssertEchoAsync<sbyte>(pair, (sbyte[] x) => x, [sbyte.MinValue, -1, sbyte.MaxValue]);
        await AssertEchoAsync<short>(pair, (short[] x) => x, [short.MinValue, -1, short.MaxValue]);
        await AssertEchoAsync<ushort>(pair, (ushort[] x) => x, [0, ushort.MaxValue]);
        await AssertEchoAsync<int>(pair, (int[] x) => x, [int.MinValue, -1, int.MaxValue]);
        await AssertEchoAsync<uint>(pair, (uint[] x) => x, [0, uint.MaxValue]);
        await AssertEchoAsync<long>(pair, (long[] x) => x, [long.MinValue, -1, long.MaxValue]);
        await AssertEchoAsync<ulong>(pair, (ulong[] x) => x, [0, ulong.MaxValue]);
        await AssertEchoAsync<float>(pair, (float[] x) => x, [float.NaN, float.NegativeInfinity, -0.0f, float.Epsilon]);
        await AssertEchoAsync<double>(pair, (double[] x) => x, [double.NaN, double.PositiveInfinity, -0.0, double.Epsilon]);
    }

    [Fact]
    public async Task Null_and_other_arguments_stand_beside_raw_ones()
    {
        await using var pair = LinkPair.Start();
        pair.Far.Offer("describe", (string name, byte[]? nothing, int[] numbers, byte[] bytes, int last = 9) =>
            $"{name} {nothing is null} {numbers.Sum()} {bytes.Length} {last}");

        var positional = await pair.Near.CallAsync<string>("describe", ["a", null, new[] { 1, 2 }, Bytes(20_000)]).Within();
        var named = await pair.Near.CallAsync<string>(
            "describe",
            new CallArguments("b") { ["last"] = 5, ["bytes"] = Bytes(3), ["numbers"] = new[] { 4 }, ["nothing"] = null }).Within();

        Assert.Equal("a True 3 20000 9", positional);
        Assert.Equal("b True 4 3 5", named);
    }

    [Fact]
    public async Task A_reader_that_wants_another_type_gets_the_value_all_the_same()
    {
        await using var pair = LinkPair.Start();
        pair.Far.Offer("numbers", () => new[] { 1, 2, 3 });
        pair.Far.Offer("bytes", () => new byte[] { 1, 2 });
        pair.Far.Offer("sum", (List<double> numbers) => numbers.Sum());

        Assert.Equal([1, 2, 3], await pair.Near.CallAsync<List<long>>("numbers").Within());
        Assert.Equal("AQI=", (await pair.Near.CallAsync<JsonElement>("bytes").Within()).GetString());
        Assert.Equal(6.5, await pair.Near.CallAsync<double>("sum", [new[] { 1.5, 5 }]).Within());
    }

    [Fact]
    public async Task Bytes_for_a_parameter_of_another_kind_are_bad_arguments()
    {
        await using var pair = LinkPair.Start();
        pair.Far.Offer("number", (int number) => number);

        var exception = await Assert.ThrowsAsync<NetException>(() => pair.Near.CallAsync<int>("number", [Bytes(4)]).Within());

        Assert.Equal(NetError.BadArguments, exception.Error);
        Assert.Contains("number", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_peer_that_does_not_announce_raw_segments_gets_base64()
    {
        await using var pair = LinkPair.Start(new LinkPairOptions { Link = new LinkOptions { Limits = LinkLimits.Default with { Raw = false } } });
        pair.Far.Offer("echo", (byte[] bytes) => bytes);

        Assert.Equal(Bytes(1000), await pair.Near.CallAsync<byte[]>("echo", [Bytes(1000)]).Within());
    }

    [Fact]
    public async Task An_array_may_be_changed_as_soon_as_the_call_is_under_way_and_what_was_sent_stays()
    {
        // The far side reads nothing yet, so that most of it waits here.
        await using var pair = LinkPair.Start(new LinkPairOptions { IsFaulty = true }, before: started => started.NearPath.Sending.Hold());
        pair.Far.Offer("all ones", (byte[] bytes) => bytes.All(one => one == 1));
        var bytes = new byte[1_000_000];
        Array.Fill(bytes, (byte)1);

        var call = pair.Near.CallAsync<bool>("all ones", [bytes]);
        Array.Clear(bytes);
        pair.NearPath.Sending.Pass();

        Assert.True(await call.Within());
    }

    [Fact]
    public async Task Large_values_of_many_callers_keep_their_bytes_apart()
    {
        await using var pair = LinkPair.Start();
        pair.Far.Offer("echo", (byte[] bytes) => bytes);

        await Task.WhenAll(Enumerable.Range(1, 8).Select(number => Task.Run(async () =>
        {
            for (var round = 0; round < 20; round++)
            {
                var sent = new byte[40_000 + (number * 1000)];
                Array.Fill(sent, (byte)number);
                var echo = await pair.Near.CallAsync<byte[]>("echo", [sent]);
                Assert.Equal(sent, echo);
            }
        }))).Within();
    }

    [Fact]
    public async Task A_value_beyond_the_cap_fails_before_it_is_sent()
    {
        await using var pair = LinkPair.Start(new LinkPairOptions { MaxMessageBytes = 10_000 });
        pair.Far.Offer("echo", (byte[] bytes) => bytes);
        pair.Far.Offer("large", () => new byte[20_000]);

        var argument = await Assert.ThrowsAsync<NetException>(() => pair.Near.CallAsync<byte[]>("echo", [Bytes(10_000)]).Within());
        var result = await Assert.ThrowsAsync<NetException>(() => pair.Near.CallAsync<byte[]>("large").Within());

        Assert.Equal(NetError.TooLarge, argument.Error);
        Assert.Equal(NetError.BadResult, result.Error);
    }

    private static async Task AssertEchoAsync<T>(LinkPair pair, Func<T[], T[]> echo, T[] values)
    {
        var tag = "echo " + typeof(T).Name;
        pair.Far.Offer(tag, echo);
        Assert.Equal(values, await pair.Near.CallAsync<T[]>(tag, [values]).Within());
    }

    private static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        new Random(7).NextBytes(bytes);
        return bytes;
    }
}
