using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using AppNet.Links;
using AppNet.TestKit;
using AppNet.Tests.Links;
using Microsoft.Extensions.Logging;
using Xunit;

namespace AppNet.Tests.Calls;

[Collection(Alone.Name)]
public sealed class TelemetryTests
{
    [Fact]
    public async Task A_call_is_a_span_on_both_sides_joined_by_its_trace()
    {
        using var spans = new Spans();
        await using var pair = LinkPair.Start();
        pair.Far.Offer("traced", () => Activity.Current?.SpanId.ToHexString());

        string? inside;
        using (var outer = new Activity("outer").Start())
        {
            inside = await pair.Near.CallAsync<string?>("traced").Within();
            Assert.Same(outer, Activity.Current);
        }

        await Soon.Until(() => spans.Ended.Count == 2, "both spans have ended");
        var client = Assert.Single(spans.Ended, span => span.Kind == ActivityKind.Client);
        var server = Assert.Single(spans.Ended, span => span.Kind == ActivityKind.Server);
        Assert.Equal(client.TraceId, server.TraceId);
        Assert.Equal(client.SpanId, server.ParentSpanId);
        Assert.Equal(server.SpanId.ToHexString(), inside);
        Assert.Equal("traced", client.GetTagItem("rpc.method"));
        Assert.Equal(ActivityStatusCode.Unset, client.Status);
    }

    [Fact]
    public async Task Failed_and_cancelled_calls_end_their_spans_and_their_counts()
    {
        using var spans = new Spans();
        using var numbers = new Numbers();
        await using var pair = LinkPair.Start();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        pair.Far.Offer("fail", int () => throw new InvalidTimeZoneException("mine"));
        pair.Far.Offer("wait", () => gate.Task);
        using var source = new CancellationTokenSource();

        await Assert.ThrowsAsync<RemoteException>(() => pair.Near.CallAsync<int>("fail").Within());
        var cancelled = pair.Near.Other.InvokeAsync("wait", cancellationToken: source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.Within());
        gate.SetResult();

        await Soon.Until(() => spans.Ended.Count == 4, "all spans have ended");
        Assert.All(spans.Ended.Where(span => span.Kind == ActivityKind.Client), span => Assert.Equal(ActivityStatusCode.Error, span.Status));
        Assert.Equal(2, numbers.Sum("appnet.calls", "caller"));
        Assert.Equal(2, numbers.Sum("appnet.calls", "callee"));
        Assert.Equal(2, numbers.Sum("appnet.errors", "caller"));
        Assert.Equal(1, numbers.Sum("appnet.errors", "callee"));
        Assert.Equal(0, numbers.Sum("appnet.pending", "caller"));
        Assert.Equal(0, numbers.Sum("appnet.pending", "callee"));
        Assert.Contains("Cancelled", numbers.Errors);
        Assert.Contains("RemoteFailure", numbers.Errors);
    }

    [Fact]
    public async Task Calls_that_wait_for_room_are_counted_once()
    {
        using var numbers = new Numbers();
        await using var pair = LinkPair.Start(new LinkPairOptions { IsFaulty = true, Link = new LinkOptions { SendQueueBytes = 1024 } });
        pair.Far.Offer("length", (string text) => text.Length);
        pair.NearPath.Sending.Hold();
        var calls = Enumerable.Range(0, 20).Select(_ => pair.Near.CallAsync<int>("length", [new string('x', 900)])).ToArray();

        pair.NearPath.Sending.Pass();
        await Task.WhenAll(calls).Within();

        await Soon.Until(() => numbers.Sum("appnet.pending", "callee") == 0, "all is counted");
        Assert.Equal(20, numbers.Sum("appnet.calls", "caller"));
        Assert.Equal(20, numbers.Sum("appnet.calls", "callee"));
        Assert.Equal(0, numbers.Sum("appnet.pending", "caller"));
    }

    [Fact]
    public async Task The_bytes_of_both_directions_are_counted_while_a_link_is_up_and_when_it_ends()
    {
        using var numbers = new Numbers();
        var time = new ManualTimeProvider();
        await using (var pair = LinkPair.Start(new LinkPairOptions { Time = time }))
        {
            using var keepAlive = new KeepAlive(time, pair.Near.Log.CreateLogger("test"));
            keepAlive.Add(pair.Near.Link);
            pair.Far.Offer("same", (string text) => text);

            await pair.Near.CallAsync<string>("same", [new string('x', 10_000)]).Within();
            await Soon.Until(IsCounted, "the tick has counted what the near side carried");

            bool IsCounted()
            {
                time.Advance(TimeSpan.FromMilliseconds(50));
                return numbers.Sum("appnet.bytes", "transmit") > 10_000 && numbers.Sum("appnet.bytes", "receive") > 10_000;
            }
        }

        var sent = numbers.Sum("appnet.bytes", "transmit");
        Assert.InRange(sent, 20_000, 30_000);
        Assert.Equal(sent, numbers.Sum("appnet.bytes", "receive"));
    }

    [Fact]
    public async Task A_call_without_a_trace_has_no_parent_whatever_ran_before_it()
    {
        using var spans = new Spans(ActivityKind.Server);
        await using var pair = LinkPair.Start();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        pair.Far.Offer("wait", () => gate.Task);
        Activity.Current = null;

        var calls = Enumerable.Range(0, 8).Select(_ => pair.Near.Other.InvokeAsync("wait", cancellationToken: TestContext.Current.CancellationToken)).ToArray();
        await Soon.Until(() => spans.Begun == 8, "all functions run");
        gate.SetResult();
        await Task.WhenAll(calls).Within();

        await Soon.Until(() => spans.Ended.Count == 8, "all spans have ended");
        Assert.All(spans.Ended, span => Assert.Equal(default, span.ParentSpanId));
    }

    [Fact]
    public async Task A_call_that_takes_long_is_reported_once()
    {
        var time = new ManualTimeProvider();
        await using var pair = LinkPair.Start(new LinkPairOptions { Time = time });
        var gate = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        pair.Far.Offer("slow", () => gate.Task);
        var call = pair.Near.CallAsync<int>("slow");

        time.Advance(TimeSpan.FromSeconds(29));
        Assert.Empty(Reports());
        time.Advance(TimeSpan.FromSeconds(7));

        var report = Assert.Single(Reports());
        Assert.Equal(LogLevel.Warning, report.Level);
        Assert.Contains("'slow'", report.Message, StringComparison.Ordinal);
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.Single(Reports());
        gate.SetResult(1);
        await call.Within();
        var again = pair.Near.CallAsync<int>("slow");
        await again.Within();
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.Single(Reports());

        IEnumerable<LogEntry> Reports() => pair.Near.Log.Entries.Where(entry => entry.EventId.Name == "CallPendingLong");
    }

    [Fact]
    public async Task A_call_in_steady_state_allocates_next_to_nothing()
    {
        await using var pair = LinkPair.Start(new LinkPairOptions { LogLevel = LogLevel.Information });
        pair.Far.Functions.Add(new Connections.MultiplyValuesConnection("f"));
        var definition = new Connections.MultiplyValuesConnection("f");
        var calls = new Task<int>[100];
        await Task.Run(() => CallAsync(50), TestContext.Current.CancellationToken);

        var before = GC.GetTotalAllocatedBytes(precise: true);
        await Task.Run(() => CallAsync(100), TestContext.Current.CancellationToken);
        var each = (GC.GetTotalAllocatedBytes(precise: true) - before) / (100.0 * calls.Length);

        // The Task that the user gets and, in a debug build, the state machines behind it; in bursts, so that waiting hardly counts.
        Assert.InRange(each, 0, 1_000);

        async Task CallAsync(int bursts)
        {
            for (var burst = 0; burst < bursts; burst++)
            {
                for (var i = 0; i < calls.Length; i++)
                {
                    calls[i] = AppNet.Calls.GeneratedCall.InvokeAsync(definition, (5, i), pair.Near.Other, CancellationToken.None);
                }

                for (var i = 0; i < calls.Length; i++)
                {
                    Assert.Equal(5 * i, await calls[i]);
                }
            }
        }
    }

    [Fact]
    public async Task Pings_are_answered_and_functions_run_while_the_pool_has_no_thread()
    {
        await using var pair = LinkPair.Start();
        pair.Far.Offer("same", (int x) => x);
        Assert.Equal(1, await pair.Near.CallAsync<int>("same", [1]).Within());
        using var gate = new ManualResetEventSlim();
        using var blocked = new CountdownEvent(200);
        var works = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);

        // On a thread of its own: the test must not need the pool either.
        var thread = new Thread(() =>
        {
            var call = pair.Near.CallAsync<int>("same", [2]);
            var isAnswered = SpinWait.SpinUntil(() => call.IsCompletedSuccessfully, Soon.Limit);
            var signs = pair.Near.Link.Receives;
            pair.Near.Link.Ping();
            var isAlive = SpinWait.SpinUntil(() => pair.Near.Link.Receives > signs, Soon.Limit);
            var wasStarved = !blocked.IsSet && blocked.CurrentCount > 0;
            gate.Set();
            works.SetResult(isAnswered && isAlive && wasStarved);
        });
        for (var i = 0; i < 200; i++)
        {
            _ = ThreadPool.UnsafeQueueUserWorkItem(
                _ =>
                {
                    gate.Wait(Soon.Limit);
                    blocked.Signal();
                },
                state: null);
        }

        thread.Start();

        Assert.True(await works.Task.WaitAsync(TimeSpan.FromSeconds(90), TestContext.Current.CancellationToken));
        blocked.Wait(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Listeners_that_throw_harm_no_call()
    {
        await using var pair = LinkPair.Start();
        pair.Far.Offer("same", async (int x) =>
        {
            await Task.Yield();
            return x;
        });
        using var spans = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "AppNet",
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = _ => throw new InvalidTimeZoneException("started"),
            ActivityStopped = _ => throw new InvalidTimeZoneException("stopped"),
        };
        ActivitySource.AddActivityListener(spans);
        using var numbers = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "AppNet")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        numbers.SetMeasurementEventCallback<long>((_, _, _, _) => throw new InvalidTimeZoneException("counted"));
        numbers.SetMeasurementEventCallback<double>((_, _, _, _) => throw new InvalidTimeZoneException("recorded"));
        numbers.Start();

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(i, await pair.Near.CallAsync<int>("same", [i]).Within());
        }

        Assert.True(pair.Near.Link.TakesCalls);
    }

    [Fact]
    public async Task A_result_that_the_caller_cannot_read_is_an_error_of_the_callers()
    {
        using var spans = new Spans(ActivityKind.Client);
        using var numbers = new Numbers();
        await using var pair = LinkPair.Start();
        pair.Far.Offer("text", () => "no number");

        var bad = await Assert.ThrowsAsync<NetException>(() => pair.Near.CallAsync<int>("text").Within());

        Assert.Equal(NetError.BadResult, bad.Error);
        Assert.Equal(1, numbers.Sum("appnet.errors", "caller"));
        Assert.Contains("BadResult", numbers.Errors);
        Assert.Equal(ActivityStatusCode.Error, Assert.Single(spans.Ended).Status);
        Assert.Equal(0, numbers.Sum("appnet.pending", "caller"));
    }

    [Fact]
    public async Task A_call_that_could_not_be_sent_is_an_error_too()
    {
        using var spans = new Spans(ActivityKind.Client);
        using var numbers = new Numbers();
        await using var pair = LinkPair.Start(new LinkPairOptions { MaxMessageBytes = 4_096 });
        var nobody = new Peer(new NoLinks(), LinkSide.Name(4003).Id);

        await Assert.ThrowsAsync<NetException>(() => pair.Near.CallAsync<int>("f", [new string('x', 5_000)]).Within());
        await Assert.ThrowsAsync<NetException>(() => nobody.InvokeAsync<int>("f", cancellationToken: TestContext.Current.CancellationToken).Within());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pair.Near.CallUntilAsync<int>("f", cancellationToken: new CancellationToken(canceled: true)).Within());

        Assert.Equal(3, numbers.Sum("appnet.calls", "caller"));
        Assert.Equal(3, numbers.Sum("appnet.errors", "caller"));
        Assert.Equal(["Cancelled", "PeerNotFound", "TooLarge"], numbers.Errors.Where(error => error?.Length > 0).Order(StringComparer.Ordinal));
        Assert.Equal(3, spans.Ended.Count);
        Assert.All(spans.Ended, span => Assert.Equal(ActivityStatusCode.Error, span.Status));
        Assert.Equal(0, numbers.Sum("appnet.pending", "caller"));
    }

    private sealed class Spans : IDisposable
    {
        private readonly ActivityListener _listener;
        private int _begun;

        public Spans(params ActivityKind[] kinds)
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == "AppNet",
                Sample = (ref options) =>
                    kinds.Length == 0 || kinds.Contains(options.Kind) ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
                ActivityStarted = _ => Interlocked.Increment(ref _begun),
                ActivityStopped = Ended.Enqueue,
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public ConcurrentQueue<Activity> Ended { get; } = new();

        public int Begun => Volatile.Read(ref _begun);

        public void Dispose() => _listener.Dispose();
    }

    private sealed class Numbers : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly ConcurrentQueue<(string Name, string Role, string? Error, long Value)> _all = new();

        public Numbers()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "AppNet")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument.Name, value, tags));
            _listener.Start();
        }

        public IEnumerable<string?> Errors => _all.Select(one => one.Error);

        public long Sum(string name, string role) => _all.Where(one => one.Name == name && one.Role == role).Sum(one => one.Value);

        public void Dispose() => _listener.Dispose();

        private void Add(string name, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            string role = "", error = "";
            foreach (var (key, text) in tags)
            {
                role = key is "appnet.role" or "network.io.direction" ? $"{text}" : role;
                error = key == "error.type" ? $"{text}" : error;
            }

            _all.Enqueue((name, role, error, value));
        }
    }
}
