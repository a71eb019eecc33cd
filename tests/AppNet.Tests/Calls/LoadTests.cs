using AppNet.Calls;
using AppNet.Tests.Links;
using Xunit;

namespace AppNet.Tests.Calls;

/// <summary>What a link is willing to hold.</summary>
public sealed class LoadTests
{
    [Fact]
    public async Task Calls_whose_arguments_are_more_than_a_link_holds_are_turned_away_and_the_others_go_on()
    {
        await using var pair = LinkPair.Start(new LinkPairOptions { MaxArgumentBytesPerLink = 2_500 });
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        pair.Far.Offer("length", async (string text) =>
        {
            await gate.Task;
            return text.Length;
        });
        var held = Enumerable.Range(0, 2).Select(_ => pair.Near.CallAsync<int>("length", [new string('x', 1_000)])).ToArray();

        var turnedAway = await Assert.ThrowsAsync<NetException>(() => pair.Near.CallAsync<int>("length", [new string('x', 1_000)]).Within());
        var small = pair.Near.CallAsync<int>("length", ["x"]);

        Assert.Equal(NetError.Overloaded, turnedAway.Error);
        Assert.Contains("2500", turnedAway.Message, StringComparison.Ordinal);
        gate.SetResult();
        Assert.All(await Task.WhenAll(held).Within(), length => Assert.Equal(1_000, length));
        Assert.Equal(1, await small.Within());
        Assert.Equal(1_000, await pair.Near.CallAsync<int>("length", [new string('x', 1_000)]).Within());
        await Soon.Until(() => pair.Far.Calls.Incoming.IsIdle, "all that was counted is taken back");
    }

    [Fact]
    public async Task A_call_that_is_alone_is_taken_whatever_its_size()
    {
        await using var pair = LinkPair.Start(new LinkPairOptions { MaxArgumentBytesPerLink = 100 });
        pair.Far.Offer("length", (string text) => text.Length);

        Assert.Equal(5_000, await pair.Near.CallAsync<int>("length", [new string('x', 5_000)]).Within());
    }

    [Fact]
    public void Calls_and_their_bytes_are_counted_apart()
    {
        var load = default(CallLoad);
        Assert.Equal((1, 0), load.Add(0));
        Assert.Equal((2, int.MaxValue), load.Add(int.MaxValue));
        Assert.Equal((3, 2L * int.MaxValue), load.Add(int.MaxValue));

        Assert.False(load.Remove(int.MaxValue));
        Assert.False(load.Remove(0));
        Assert.False(load.IsEmpty);
        Assert.True(load.Remove(int.MaxValue));
        Assert.True(load.IsEmpty);
    }
}
