using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using AppNet.Tests.Links;
using Xunit;

namespace AppNet.Tests.Calls.Streams;

/// <summary>Parameters that are streams, streams of bytes, and progress.</summary>
public sealed class ParameterStreamTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(200_000)]
    public async Task A_function_reads_the_callers_items(int count)
    {
        await using var pair = LinkPair.Start();
        pair.Far.Offer("sum", async (string name, IAsyncEnumerable<int> items, int offset) =>
        {
            long sum = offset;
            await foreach (var item in items)
            {
                sum += item;
            }

            return $"{name} {sum}";
        });
        var feed = new Feed();

        var sum = await pair.Near.CallAsync<string>("sum", ["total", feed.Numbers(count, Token), 5]).Within();

        Assert.Equal($"total {((long)count * (count - 1) / 2) + 5}", sum);
        await feed.Ended.Within();
        await Soon.Until(() => pair.Near.Calls.IsIdle && pair.Far.Calls.IsIdle, "nothing is left of the streams");
    }

    [Fact]
    public async Task Streams_flow_both_ways_at_once()
    {
        await using var pair = LinkPair.Start();
        pair.Far.Offer("double", (IAsyncEnumerable<int> items, CancellationToken token) => DoubleAsync(items, token));
        var feed = new Feed();
        var expected = 0;

        await foreach (var item in pair.Near.Other.StreamAsync<int>("double", [feed.Numbers(100_000, Token)], Token))
        {
            Assert.Equal(expected, item);
            expected += 2;
        }

        Assert.Equal(200_000, expected);
        await feed.Ended.Within();

        static async IAsyncEnumerable<int> DoubleAsync(IAsyncEnumerable<int> items, [EnumeratorCancellation] CancellationToken token)
        {
            await foreach (var item in items.WithCancellation(token))
            {
                yield return item * 2;
            }
        }
    }

    [Fact]
    public async Task A_stream_that_the_function_does_not_read_ends_with_the_call()
    {
        await using var pair = LinkPair.Start();
        var feed = new Feed();
        pair.Far.Offer("ignore", async (IAsyncEnumerable<string> items) =>
        {
            await Soon.Until(() => feed.Produced > 0, "the caller's producer has begun");
            return 7;
        });

        Assert.Equal(7, await pair.Near.CallAsync<int>("ignore", [feed.Texts(1000)]).Within());

        await feed.Ended.Within();
        await Soon.Until(() => pair.Near.Calls.IsIdle && pair.Far.Calls.IsIdle, "nothing is left of the streams");
    }

    [Fact]
    public async Task What_the_callers_producer_throws_reaches_the_function_behind_the_items()
    {
        await using var pair = LinkPair.Start();
        pair.Far.Offer("count", async (IAsyncEnumerable<int> items) =>
        {
            var count = 0;
            try
            {
                await foreach (var item in items)
                {
                    count++;
                }
            }
            catch (RemoteException exception)
            {
                return $"{count} {exception.Message.Contains("mine", StringComparison.Ordinal)}";
            }

            return "no error";
        });

        Assert.Equal("10 True", await pair.Near.CallAsync<string>("count", [new Feed().Failing(10)]).Within());
    }

    [Fact]
    public async Task A_stream_used_twice_is_an_error_of_the_function()
    {
        await using var pair = LinkPair.Start();
        pair.Far.Offer("twice", async (IAsyncEnumerable<int> items) =>
        {
            await foreach (var item in items)
            {
            }

            await foreach (var item in items)
            {
            }
        });

        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => pair.Near.CallAsync<int>("twice", [new Feed().Numbers(3, Token)]).Within());

        Assert.Contains("once", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_the_call_ends_the_callers_producer_and_the_functions_reading()
    {
        await using var pair = LinkPair.Start();
        var read = new TaskCompletionSource();
        var ended = new TaskCompletionSource();
        pair.Far.Offer("read", async (IAsyncEnumerable<int> items) =>
        {
            try
            {
                await foreach (var item in items)
                {
                    read.TrySetResult();
                }
            }
            finally
            {
                ended.TrySetResult();
            }
        });
        var feed = new Feed();
        using var cancellation = new CancellationTokenSource();

        var call = pair.Near.CallUntilAsync<int>("read", [feed.Stuck(Token)], cancellation.Token);
        await read.Task.Within();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.Within());
        await feed.Ended.Within();
        await ended.Task.Within();
    }

    [Fact]
    public async Task The_loss_of_the_link_ends_the_functions_reading()
    {
        await using var pair = LinkPair.Start();
        var read = new TaskCompletionSource();
        var ended = new TaskCompletionSource<Exception>();
        pair.Far.Offer("read", async (IAsyncEnumerable<int> items) =>
        {
            try
            {
                await foreach (var item in items)
                {
                    read.TrySetResult();
                }
            }
            catch (Exception exception)
            {
                ended.TrySetResult(exception);
            }
        });
        var feed = new Feed();

        var call = pair.Near.CallAsync<int>("read", [feed.Stuck(Token)]);
        await read.Task.Within();
        pair.Near.Link.Abort(new NetException(NetError.PeerLost, "gone"));

        Assert.Equal(NetError.PeerLost, (await Assert.ThrowsAsync<NetException>(() => call.Within())).Error);
        Assert.Equal(NetError.PeerLost, Assert.IsType<NetException>(await ended.Task.Within()).Error);
        await feed.Ended.Within();
    }

    [Fact]
    public async Task Streams_can_be_named_and_left_out()
    {
        await using var pair = LinkPair.Start();
        pair.Far.Offer("describe", async (int a, IAsyncEnumerable<int>? items = null) =>
        {
            var count = 0;
            if (items is not null)
            {
                await foreach (var item in items)
                {
                    count++;
                }
            }

            return $"{a} {items is null} {count}";
        });

        Assert.Equal("1 True 0", await pair.Near.CallAsync<string>("describe", [1]).Within());
        Assert.Equal("2 True 0", await pair.Near.CallAsync<string>("describe", [2, null]).Within());
        Assert.Equal(
            "3 False 4",
            await pair.Near.CallAsync<string>("describe", new CallArguments(3) { ["items"] = new Feed().Numbers(4, Token) }).Within());
    }

    [Fact]
    public async Task Bytes_flow_both_ways()
    {
        await using var pair = LinkPair.Start();
        pair.Far.Offer("copy", async (Stream source) =>
        {
            var copy = new MemoryStream();
            await source.CopyToAsync(copy, Token);
            copy.Position = 0;
            return (Stream)copy;
        });
        var bytes = new byte[5_000_000];
        new Random(3).NextBytes(bytes);

        await using var answer = await pair.Near.CallAsync<Stream>("copy", [new MemoryStream(bytes)]).Within();
        var received = new MemoryStream();
        await answer.CopyToAsync(received, Token).Within();

        Assert.Equal(bytes, received.ToArray());
        await Soon.Until(() => pair.Near.Calls.IsIdle && pair.Far.Calls.IsIdle, "nothing is left of the streams");
    }

    [Fact]
    public async Task Disposing_of_a_stream_of_bytes_ends_the_other_side()
    {
        await using var pair = LinkPair.Start();
        var source = new EndlessStream();
        pair.Far.Offer("endless", () => (Stream)source);

        var answer = await pair.Near.CallAsync<Stream>("endless").Within();
        Assert.NotEqual(0, await answer.ReadAsync(new byte[100], Token).AsTask().Within());
        await answer.DisposeAsync();

        await source.Disposed.Within();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => answer.ReadAsync(new byte[100], Token).AsTask().Within());
    }

    [Fact]
    public async Task Reports_of_progress_come_in_order_and_the_last_one_before_the_result()
    {
        await using var pair = LinkPair.Start();
        pair.Far.Offer("work", (int steps, IProgress<int> progress) =>
        {
            for (var i = 1; i <= steps; i++)
            {
                progress.Report(i);
            }

            return "done";
        });

        foreach (var steps in new[] { 0, 1, 50_000 })
        {
            var reports = new ConcurrentQueue<int>();
            Assert.Equal("done", await pair.Near.CallAsync<string>("work", [steps, new Inline<int>(reports.Enqueue)]).Within());

            Assert.Equal(reports.Order(), reports);
            Assert.Equal(steps, reports.LastOrDefault());
        }
    }

    [Fact]
    public async Task Who_is_slow_to_hear_of_progress_makes_the_function_not_wait()
    {
        await using var pair = LinkPair.Start(new LinkPairOptions
        {
            Link = new AppNet.Links.LinkOptions { Limits = AppNet.Links.LinkLimits.Default with { Stream = 1000 } },
        });
        using var isDone = new ManualResetEventSlim();
        pair.Far.Offer("work", (IProgress<string> progress) =>
        {
            for (var i = 1; i <= 10_000; i++)
            {
                progress.Report(i.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }

            isDone.Set();
        });
        var last = "";
        var hasBegun = false;

        await pair.Near.Other.InvokeAsync("work", [new Inline<string>(report =>
        {
            if (!hasBegun)
            {
                hasBegun = true;
                Assert.True(isDone.Wait(Soon.Limit, Token));
            }

            last = report;
        })], Token).Within();

        Assert.Equal("10000", last);
    }

    [Fact]
    public async Task Progress_may_be_left_out()
    {
        await using var pair = LinkPair.Start();
        pair.Far.Offer("work", (IProgress<int>? progress = null) =>
        {
            progress?.Report(1);
            return progress is null;
        });

        Assert.True(await pair.Near.CallAsync<bool>("work").Within());
        Assert.False(await pair.Near.CallAsync<bool>("work", [new Inline<int>(_ => { })]).Within());
    }

    [Fact]
    public async Task A_stream_inside_of_a_value_is_refused()
    {
        await using var pair = LinkPair.Start();
        pair.Far.Offer("take", (List<int> values) => 1);

        var error = await Assert.ThrowsAsync<NetException>(
            () => pair.Near.CallAsync<int>("take", [new Feed().Numbers(1, Token)]).Within());

        Assert.Equal(NetError.BadArguments, error.Error);
    }

    private sealed class Inline<T>(Action<T> report) : IProgress<T>
    {
        public void Report(T value) => report(value);
    }

    private sealed class EndlessStream : MemoryStream
    {
        private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Disposed => _disposed.Task;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Clear();
            return new ValueTask<int>(buffer.Length);
        }

        protected override void Dispose(bool disposing)
        {
            _disposed.TrySetResult();
            base.Dispose(disposing);
        }
    }
}
