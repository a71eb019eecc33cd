using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using AppNet.Links;
using AppNet.TestKit;
using AppNet.Tests.Links;
using Xunit;

namespace AppNet.Tests.Calls;

/// <summary>What errors say, and what a function may know of its call.</summary>
public sealed class TruthTests
{
    private const string Half = "half \uD83D a pair";

    [Fact]
    public async Task Arguments_that_are_too_large_say_of_which_function_how_large_and_what_to_do()
    {
        await using var pair = LinkPair.Start(new LinkPairOptions { MaxMessageBytes = 4_096 });

        var failed = await Assert.ThrowsAsync<NetException>(() => pair.Near.CallAsync<int>("Big.Function", [new string('x', 5_000)]).Within());

        Assert.Equal(NetError.TooLarge, failed.Error);
        Assert.Contains("'Big.Function'", failed.Message, StringComparison.Ordinal);
        Assert.Contains("5004 bytes", failed.Message, StringComparison.Ordinal);
        Assert.Contains("4096", failed.Message, StringComparison.Ordinal);
        Assert.Contains("MaxMessageBytes", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_result_that_is_too_large_says_the_same()
    {
        await using var pair = LinkPair.Start(new LinkPairOptions { MaxMessageBytes = 4_096 });
        pair.Far.Offer("Big.Result", () => new string('x', 5_000));

        var failed = await Assert.ThrowsAsync<NetException>(() => pair.Near.CallAsync<string>("Big.Result").Within());

        Assert.Equal(NetError.BadResult, failed.Error);
        Assert.Contains("'Big.Result'", failed.Message, StringComparison.Ordinal);
        Assert.Contains("5002 bytes", failed.Message, StringComparison.Ordinal);
        Assert.Contains("4096", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_that_is_no_unicode_is_no_argument()
    {
        await using var pair = LinkPair.Start();
        var ran = 0;
        pair.Far.Offer("run", (string text) => Interlocked.Increment(ref ran));
        object[] arguments = [Half, '\uD83D', new Uri($"http://a/{Half}"), new[] { Half }, new Dictionary<string, int> { [Half] = 1 }, new { Text = Half }];

        foreach (var argument in arguments)
        {
            var failed = await Assert.ThrowsAsync<NetException>(() => pair.Near.CallAsync<int>("run", new CallArguments { ["text"] = argument }).Within());

            Assert.Equal(NetError.BadArguments, failed.Error);
            Assert.Contains("'run'", failed.Message, StringComparison.Ordinal);
            Assert.Contains("argument 'text'", failed.Message, StringComparison.Ordinal);
            Assert.Contains("U+D83D", failed.Message, StringComparison.Ordinal);
        }

        Assert.Equal(0, ran);
    }

    [Fact]
    public async Task Text_that_is_no_unicode_is_no_result()
    {
        await using var pair = LinkPair.Start();
        pair.Far.Offer("text", () => Half);
        pair.Far.Offer("texts", () => new Dictionary<string, object> { ["a"] = Half });

        foreach (var function in new[] { "text", "texts" })
        {
            var failed = await Assert.ThrowsAsync<NetException>(() => pair.Near.CallAsync<object>(function).Within());

            Assert.Equal(NetError.BadResult, failed.Error);
            Assert.Contains("U+D83D", failed.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Whole_surrogate_pairs_travel_in_texts_and_in_names()
    {
        await using var pair = LinkPair.Start();
        pair.Far.Offer("same", (Dictionary<string, string> texts) => texts);
        var texts = new Dictionary<string, string> { ["\uD83D\uDE00"] = "a\uD83D\uDE00b" };

        Assert.Equal(texts, await pair.Near.CallAsync<Dictionary<string, string>>("same", new CallArguments(texts)).Within());
    }

    [Fact]
    [SuppressMessage("Design", "MA0022", Justification = "The mistake is what is tested.")]
    [SuppressMessage("Usage", "VSTHRD114", Justification = "The mistake is what is tested.")]
    public async Task A_function_that_returns_null_in_place_of_a_task_fails_with_the_reason()
    {
        await using var pair = LinkPair.Start();
        pair.Far.Offer("nothing", Task () => null!);
        pair.Far.Offer("nothing of it", Task<int> () => null!);

        foreach (var function in new[] { "nothing", "nothing of it" })
        {
            var failed = await Assert.ThrowsAsync<InvalidOperationException>(() => pair.Near.CallAsync<int>(function).Within());

            Assert.Contains($"'{function}' has returned null in place of a Task", failed.Message, StringComparison.Ordinal);
            Assert.IsType<RemoteException>(failed.InnerException);
        }
    }

    [Fact]
    public async Task A_function_knows_the_group_and_the_trace_of_its_caller()
    {
        await using var pair = LinkPair.Start();
        pair.Far.Offer("know", (CallContext context) => $"{context.Group} {context.Trace.TraceId}");
        using var span = new Activity("mine").Start();

        Assert.Equal($"test {span.TraceId}", await pair.Near.CallAsync<string>("know").Within());
        span.Stop();
        Activity.Current = null;
        Assert.Equal($"test {default(ActivityTraceId)}", await pair.Near.CallAsync<string>("know").Within());
    }

    [Fact]
    public async Task A_lost_peer_is_named_with_when_it_was_heard_last_and_what_is_known_of_the_call()
    {
        var time = new ManualTimeProvider();
        var link = new LinkOptions { Time = time };
        await using var pair = LinkPair.Start(new LinkPairOptions { Time = time, Link = link });
        using var keepAlive = new KeepAlive(time, pair.Near.Log.CreateLogger("AppNet"));
        keepAlive.Add(pair.Near.Link);
        var gate = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        pair.Far.Offer("one", () => 1);
        pair.Far.Offer("wait", () => gate.Task);
        Assert.Equal(1, await pair.Near.CallAsync<int>("one").Within());
        time.Advance(TimeSpan.FromMilliseconds(50));
        var call = pair.Near.CallAsync<int>("wait");
        time.Advance(TimeSpan.FromMilliseconds(400));

        pair.Far.Link.Abort(new NetException(NetError.PeerLost, "cut"));

        var lost = await Assert.ThrowsAsync<NetException>(() => call.Within());
        Assert.Equal(NetError.PeerLost, lost.Error);
        Assert.Contains("'wait'", lost.Message, StringComparison.Ordinal);
        Assert.Contains(pair.Far.Self.Id.ToFriendlyString(), lost.Message, StringComparison.Ordinal);
        Assert.Contains("last heard 0.4 s ago", lost.Message, StringComparison.Ordinal);
        Assert.Contains("is not known", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_a_stopping_peer_took_and_did_not_finish_says_so()
    {
        await using var pair = LinkPair.Start();
        var gate = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        pair.Far.Offer("wait", () =>
        {
            begun.SetResult();
            return gate.Task;
        });
        var call = pair.Near.CallAsync<int>("wait");
        await begun.Task.Within();
        using var hurry = new CancellationTokenSource();
        var leaving = pair.Far.Link.LeaveAsync(Goodbye.Stopping, hurry.Token);
        await Soon.Until(() => pair.Near.Link.IsStoppingThere, "the goodbye is heard");

        await hurry.CancelAsync();

        await leaving.Within();
        var lost = await Assert.ThrowsAsync<NetException>(() => call.Within());
        Assert.Equal(NetError.PeerLost, lost.Error);
        Assert.Contains("had taken the call", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Users_can_make_the_failures_that_the_library_makes()
    {
        var inner = new IOException("cable");
        var lost = new NetException(NetError.PeerLost, "gone", inner);
        var remote = new RemoteException("My.Exception", "mine", "at there", Sample.Info().Id);

        Assert.Equal((NetError.PeerLost, CallOutcome.MayHaveRun, inner), (lost.Error, lost.Outcome, lost.InnerException));
        Assert.Equal((NetError.RemoteFailure, "My.Exception", "mine"), (remote.Error, remote.RemoteType, remote.RemoteMessage));
    }
}
