using AppNet.Calls;
using AppNet.TestKit;
using AppNet.Tests.Links;
using AppNet.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace AppNet.Tests.Calls;

/// <summary>Calls of slow functions, which wait for a thread.</summary>
public sealed class QueuedCallTests
{
    private int _ran;

    [Fact]
    public async Task A_queued_call_runs_when_its_turn_comes()
    {
        await using var pair = LinkPair.Start();
        var queued = Queue(pair, id: 7);

        queued.Execute();

        Assert.Equal(1, _ran);
    }

    [Fact]
    public async Task A_queued_call_that_was_cancelled_never_runs()
    {
        await using var pair = LinkPair.Start();
        var queued = Queue(pair, id: 7);
        pair.Far.Calls.Incoming.OnCancel(7);

        queued.Execute();

        Assert.Equal(0, _ran);
    }

    [Fact]
    public async Task A_queued_call_of_a_link_that_was_lost_never_runs()
    {
        await using var pair = LinkPair.Start();
        var queued = Queue(pair, id: 7);
        pair.Near.Link.Abort(new NetException(NetError.PeerLost, "cut"));
        await pair.Far.Link.Closed.Within();

        queued.Execute();

        Assert.Equal(0, _ran);
    }

    [Fact]
    public async Task A_queued_call_whose_deadline_has_passed_never_runs()
    {
        var time = new ManualTimeProvider();
        await using var pair = LinkPair.Start(new LinkPairOptions { Time = time });
        var queued = Queue(pair, id: 7, TimeSpan.FromSeconds(1));
        time.Advance(TimeSpan.FromSeconds(1));

        queued.Execute();

        Assert.Equal(0, _ran);
    }

    [Fact]
    public async Task A_call_that_has_run_is_no_longer_looked_for_when_a_cancel_comes()
    {
        await using var pair = LinkPair.Start();
        Queue(pair, id: 7).Execute();

        pair.Far.Calls.Incoming.OnCancel(7);
        var next = Queue(pair, id: 7);
        next.Execute();

        Assert.Equal(2, _ran);
    }

    private QueuedCall Queue(LinkPair pair, uint id, TimeSpan? limit = null)
    {
        pair.Far.Offer("count", () => Interlocked.Increment(ref _ran));
        var function = new IncomingFunction("count");
        function.Resolve(pair.Far.Functions, new CallGuard(authorize: null, isSilent: false, NullLogger.Instance));
        var call = new IncomingCall(pair.Far.Calls.Incoming);
        var content = ContentOf(limit);
        var details = CallDetails.Read(new Frame(new FrameHeader((uint)content.Length, FrameType.Call, FrameFlags.Fields, 1, id), content));
        call.Begin(function, id, in details, argumentBytes: 2);
        return call.Queue("[]"u8);
    }

    private static byte[] ContentOf(TimeSpan? limit)
    {
        Span<byte> memory = stackalloc byte[FieldWriter.MaxSize];
        var fields = new FieldWriter(memory);
        new CallRequest { Payload = default, TimeLeft = limit, TrailingDefaults = 1 }.WriteFields(ref fields, tag: null);
        return [.. fields.End(), .. "[]"u8];
    }
}
