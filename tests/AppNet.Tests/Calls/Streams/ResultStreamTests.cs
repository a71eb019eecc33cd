using AppNet.Links;
using AppNet.Tests.Links;
using Xunit;

namespace AppNet.Tests.Calls.Streams;

/// <summary>Results that are streams of items.</summary>
public sealed class ResultStreamTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300_000)]
    public async Task All_items_come_in_order(int count)
    {
        await using var pair = LinkPair.Start();
        var feed = new Feed();
        pair.Far.Offer("numbers", (int to) => feed.Numbers(to));

        var items = await ReadAsync(pair.Near.Other.StreamAsync<int>("numbers", [count], Token)).Within();

        Assert.Equal(Enumerable.Range(0, count), items);
        await feed.Ended.Within();
        await Soon.Until(() => pair.Near.Calls.IsIdle && pair.Far.Calls.IsIdle, "nothing is left of the stream");
    }

    [Fact]
    public async Task An_item_is_sent_as_soon_as_the_producer_waits()
    {
        await using var pair = LinkPair.Start();
        var feed = new Feed();
        pair.Far.Offer("stuck", (CancellationToken token) => feed.Stuck(token));

        await using var items = pair.Near.Other.StreamAsync<int>("stuck", cancellationToken: Token).GetAsyncEnumerator(Token);

        Assert.True(await items.MoveNextAsync().AsTask().Within());
        Assert.Equal(1, items.Current);
        Assert.False(feed.Ended.IsCompleted);
    }

    [Fact]
    public async Task A_reader_that_stops_ends_the_producer()
    {
        await using var pair = LinkPair.Start();
        var feed = new Feed();
        pair.Far.Offer("texts", () => feed.Texts(100));

        await foreach (var text in pair.Near.Other.StreamAsync<string>("texts", cancellationToken: Token))
        {
            Assert.Equal(100, text.Length);
            break;
        }

        await feed.Ended.Within();
        await Soon.Until(() => pair.Near.Calls.IsIdle && pair.Far.Calls.IsIdle, "nothing is left of the stream");
    }

    [Fact]
    public async Task Cancelling_ends_the_wait_at_once_and_the_producer()
    {
        await using var pair = LinkPair.Start();
        var feed = new Feed();
        pair.Far.Offer("stuck", (CancellationToken token) => feed.Stuck(token));
        using var cancellation = new CancellationTokenSource();
        await using var items = pair.Near.Other.StreamAsync<int>("stuck", cancellationToken: cancellation.Token).GetAsyncEnumerator(cancellation.Token);
        Assert.True(await items.MoveNextAsync().AsTask().Within());

        var next = items.MoveNextAsync().AsTask();
        await cancellation.CancelAsync();

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next.Within());
        Assert.Equal(cancellation.Token, cancelled.CancellationToken);
        await feed.Ended.Within();
    }

    [Fact]
    public async Task A_producer_that_never_looks_up_is_ended_between_two_items()
    {
        await using var pair = LinkPair.Start();
        var feed = new Feed();
        pair.Far.Offer("texts", () => feed.Texts(10));
        using var cancellation = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var text in pair.Near.Other.StreamAsync<string>("texts", cancellationToken: cancellation.Token))
            {
                await cancellation.CancelAsync();
            }
        }).Within();

        await feed.Ended.Within();
    }

    [Fact]
    public async Task An_error_in_the_middle_comes_behind_the_items_before_it()
    {
        await using var pair = LinkPair.Start();
        var feed = new Feed();
        pair.Far.Offer("failing", () => feed.Failing(1000));
        var items = new List<int>();

        var error = await Assert.ThrowsAsync<RemoteException>(async () =>
        {
            await foreach (var item in pair.Near.Other.StreamAsync<int>("failing", cancellationToken: Token))
            {
                items.Add(item);
            }
        }).Within();

        Assert.Equal(Enumerable.Range(0, 1000), items);
        Assert.Contains("mine", error.Message, StringComparison.Ordinal);
        await Soon.Until(() => pair.Far.Calls.IsIdle, "the call has ended");
    }

    [Fact]
    public async Task An_item_that_cannot_be_serialized_comes_as_an_error_behind_the_items_before_it()
    {
        await using var pair = LinkPair.Start();
        pair.Far.Offer("odd", () => Odd());
        var items = new List<string>();

        var error = await Assert.ThrowsAsync<NetException>(async () =>
        {
            await foreach (var item in pair.Near.Other.StreamAsync<Holder>("odd", cancellationToken: Token))
            {
                items.Add(item.Text);
            }
        }).Within();

        Assert.Equal(["one", "two"], items);
        Assert.Equal(NetError.BadResult, error.Error);
        Assert.Contains("Item 2", error.Message, StringComparison.Ordinal);

        static async IAsyncEnumerable<Holder> Odd()
        {
            yield return new Holder("one");
            yield return new Holder("two");
            await Task.CompletedTask;
            yield return new Holder(null!);
            yield return new Holder("never");
        }
    }

    [Fact]
    public async Task An_item_that_cannot_be_read_ends_the_producer()
    {
        await using var pair = LinkPair.Start();
        var feed = new Feed();
        pair.Far.Offer("texts", () => feed.Texts(10));

        var error = await Assert.ThrowsAsync<NetException>(
            () => ReadAsync(pair.Near.Other.StreamAsync<int>("texts", cancellationToken: Token)).Within());

        Assert.Equal(NetError.BadResult, error.Error);
        await feed.Ended.Within();
    }

    [Fact]
    public async Task Who_does_not_read_stops_the_producer_at_the_credit()
    {
        var limits = LinkLimits.Default with { Stream = 100_000, Streams = 1_000_000 };
        await using var pair = LinkPair.Start(new LinkPairOptions { Link = new LinkOptions { Limits = limits } });
        var feed = new Feed();
        pair.Far.Offer("texts", () => feed.Texts(1000));
        pair.Far.Offer("one", () => 1);
        await using var items = pair.Near.Other.StreamAsync<string>("texts", cancellationToken: Token).GetAsyncEnumerator(Token);
        Assert.True(await items.MoveNextAsync().AsTask().Within());

        // A frame beyond the credit, a batch not yet sent, and the batch that is being read.
        var most = (100_000 + (3 * 40_000)) / 1000;
        Assert.Equal(1, await pair.Near.CallAsync<int>("one").Within());
        Assert.InRange(feed.Produced, 1, most);

        for (var i = 0; i < 1000; i++)
        {
            Assert.True(await items.MoveNextAsync().AsTask().Within());
        }

        Assert.InRange(feed.Produced, 1000, 1000 + most);
    }

    [Fact]
    public async Task Calls_go_past_streams_that_have_used_up_the_link()
    {
        var limits = LinkLimits.Default with { Stream = 1_000_000, Streams = 50_000 };
        await using var pair = LinkPair.Start(new LinkPairOptions { Link = new LinkOptions { Limits = limits } });
        var feeds = Enumerable.Range(0, 4).Select(_ => new Feed()).ToArray();
        pair.Far.Offer("texts", (int feed) => feeds[feed].Texts(1000));
        pair.Far.Offer("add", (int a, int b) => a + b);
        var streams = Enumerable.Range(0, 4)
            .Select(number => pair.Near.Other.StreamAsync<string>("texts", [number], Token).GetAsyncEnumerator(Token))
            .ToArray();
        Assert.True(await streams[0].MoveNextAsync().AsTask().Within());

        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(i + 1, await pair.Near.CallAsync<int>("add", [i, 1]).Within());
        }

        await streams[0].DisposeAsync();
        Assert.True(await streams[1].MoveNextAsync().AsTask().Within());
        await streams[1].DisposeAsync();
        await feeds[0].Ended.Within();
        await feeds[1].Ended.Within();
    }

    [Fact]
    public async Task The_loss_of_the_link_ends_both_sides()
    {
        await using var pair = LinkPair.Start();
        var feed = new Feed();
        pair.Far.Offer("stuck", (CancellationToken token) => feed.Stuck(token));
        await using var items = pair.Near.Other.StreamAsync<int>("stuck", cancellationToken: Token).GetAsyncEnumerator(Token);
        Assert.True(await items.MoveNextAsync().AsTask().Within());

        var next = items.MoveNextAsync().AsTask();
        pair.Far.Link.Abort(new NetException(NetError.PeerLost, "gone"));

        Assert.Equal(NetError.PeerLost, (await Assert.ThrowsAsync<NetException>(() => next.Within())).Error);
        await feed.Ended.Within();
    }

    [Fact]
    public async Task A_limit_of_time_holds_for_the_whole_stream()
    {
        await using var pair = LinkPair.Start();
        var feed = new Feed();
        pair.Far.Offer("stuck", (CancellationToken token) => feed.Stuck(token));
        var patient = pair.Near.Other.With(TimeSpan.FromMilliseconds(200));

        var error = await Assert.ThrowsAsync<NetException>(
            () => ReadAsync(patient.StreamAsync<int>("stuck", cancellationToken: Token)).Within());

        Assert.Equal(NetError.TimedOut, error.Error);
        await feed.Ended.Within();
    }

    [Fact]
    public async Task A_stream_is_read_once()
    {
        await using var pair = LinkPair.Start();
        var feed = new Feed();
        pair.Far.Offer("numbers", (int to) => feed.Numbers(to));
        var lazy = pair.Near.Other.StreamAsync<int>("numbers", [3], Token);
        var opened = await pair.Near.CallAsync<IAsyncEnumerable<int>>("numbers", [3]).Within();

        Assert.Equal([0, 1, 2], await ReadAsync(lazy).Within());
        Assert.Equal([0, 1, 2], await ReadAsync(opened).Within());

        Assert.Throws<InvalidOperationException>(() => lazy.GetAsyncEnumerator(Token));
        Assert.Throws<InvalidOperationException>(() => opened.GetAsyncEnumerator(Token));
    }

    [Fact]
    public async Task A_stream_read_as_a_value_says_so_and_ends_the_producer()
    {
        await using var pair = LinkPair.Start();
        var feed = new Feed();
        pair.Far.Offer("texts", () => feed.Texts(10));
        pair.Far.Offer("one", () => 1);

        var asValue = await Assert.ThrowsAsync<NetException>(() => pair.Near.CallAsync<int>("texts").Within());
        var asStream = await Assert.ThrowsAsync<NetException>(
            () => ReadAsync(pair.Near.Other.StreamAsync<int>("one", cancellationToken: Token)).Within());

        Assert.Equal(NetError.BadResult, asValue.Error);
        Assert.Contains("StreamAsync", asValue.Message, StringComparison.Ordinal);
        Assert.Equal(NetError.BadResult, asStream.Error);
        await feed.Ended.Within();
    }

    [Fact]
    public async Task A_tag_that_nobody_offers_fails_when_the_stream_is_read()
    {
        await using var pair = LinkPair.Start();

        var items = pair.Near.Other.StreamAsync<int>("nobody", cancellationToken: Token);

        Assert.Equal(
            NetError.NoSuchConnection, (await Assert.ThrowsAsync<NetException>(() => ReadAsync(items).Within())).Error);
    }

    [Fact]
    public async Task Both_sides_may_end_a_stream_at_once()
    {
        await using var pair = LinkPair.Start();
        pair.Far.Offer("few", () => new Feed().Numbers(3));

        for (var i = 0; i < 200; i++)
        {
            await using var items = pair.Near.Other.StreamAsync<int>("few", cancellationToken: Token).GetAsyncEnumerator(Token);
            Assert.True(await items.MoveNextAsync().AsTask().Within());
        }

        await Soon.Until(() => pair.Near.Calls.IsIdle && pair.Far.Calls.IsIdle, "nothing is left of the streams");
    }

    [Fact]
    public async Task Large_items_and_raw_ones_travel_as_items()
    {
        await using var pair = LinkPair.Start();
        pair.Far.Offer("frames", () => Frames());

        var lengths = new List<int>();
        await foreach (var frame in pair.Near.Other.StreamAsync<byte[]>("frames", cancellationToken: Token))
        {
            Assert.All(frame, one => Assert.Equal((byte)lengths.Count, one));
            lengths.Add(frame.Length);
        }

        Assert.Equal([0, 10, 5_000, 3_000_000, 20_000], lengths);

        // One array for all of them: an item is sent before the next one is asked for.
        static async IAsyncEnumerable<ReadOnlyMemory<byte>> Frames()
        {
            var buffer = new byte[3_000_000];
            byte number = 0;
            foreach (var length in new[] { 0, 10, 5_000, 3_000_000, 20_000 })
            {
                buffer.AsSpan().Fill(number++);
                yield return buffer.AsMemory(0, length);
            }

            await Task.CompletedTask;
        }
    }

    private static async Task<List<T>> ReadAsync<T>(IAsyncEnumerable<T> items)
    {
        var read = new List<T>();
        await foreach (var item in items)
        {
            read.Add(item);
        }

        return read;
    }

    private sealed class Holder(string text)
    {
        public string Text => text ?? throw new InvalidDataException("It has no text.");
    }
}
