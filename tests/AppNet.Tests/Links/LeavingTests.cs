using AppNet.Links;
using AppNet.Transport;
using AppNet.Wire;
using Xunit;

namespace AppNet.Tests.Links;

public sealed class LeavingTests
{
    [Theory]
    [InlineData((int)Goodbye.Stopping)]
    [InlineData((int)Goodbye.Duplicate)]
    public async Task What_was_being_sent_when_a_side_left_goes_in_front_of_its_goodbye(int reason)
    {
        using var side = new LinkSide(LinkSide.Name(4001), new LinkPairOptions());
        var info = new DuplexInfo("memory", "test", IsSameHost: true);
        var (near, far) = MemoryDuplex.CreatePair(info, info);
        var handshake = new HandshakeResult(near, LinkSide.Name(4002), IsDialler: true, LinkLimits.Default, ReadOnlyMemory<byte>.Empty);
        var link = new Link(handshake, new LinkOptions(), side.Threads, [new LateProtocol()], side.Log.CreateLogger("AppNet.Links"));
        link.Start();

        var leaving = link.LeaveAsync((Goodbye)reason, TestContext.Current.CancellationToken);
        var end = new RawEnd(far);
        var first = await end.ReadAsync();
        var second = await end.ReadAsync();

        Assert.Equal((FrameType.Call, FrameType.Goodbye), (first.Header.Type, second.Header.Type));
        far.Dispose();
        await leaving.Within();
    }

    [Fact]
    public async Task Calls_are_settled_on_the_side_that_leaves_too()
    {
        await using var pair = LinkPair.Start();
        IFrameHandler calls = pair.Near.Calls;

        calls.Settle();

        Assert.True(pair.Near.Calls.Outgoing.IsEmpty);
    }

    /// <summary>Speaks calls of which one is on its way whenever its link is left.</summary>
    private sealed class LateProtocol : ILinkProtocol
    {
        public IReadOnlyList<FrameType> FrameTypes => [FrameType.Call];

        public IFrameHandler Attach(Link link) => new Handler(link);

        private sealed class Handler(Link link) : IFrameHandler
        {
            public bool IsIdle => true;

            public void OnFrame(in Frame frame)
            {
            }

            public void OnHeldUp()
            {
            }

            public void OnGoodbye(uint lastCall, bool takesNothingMore)
            {
            }

            public void Settle() => Assert.Equal(
                SendOutcome.Queued, link.Append(FrameType.Call, FrameFlags.None, 1, 1, default, default, canWait: true));

            public uint Stop() => 0;

            public void OnLost(NetException reason)
            {
            }
        }
    }
}
