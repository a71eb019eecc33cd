using System.Text;
using AppNet.Tests.Links;
using AppNet.Wire;
using Xunit;

namespace AppNet.Tests.Calls;

public sealed class FailureTests
{
    [Fact]
    public async Task A_known_exception_comes_back_as_its_own_type_with_the_facts_inside()
    {
        await using var pair = LinkPair.Start();
        pair.Far.Offer("fail", int () => throw new InvalidOperationException("mine", new FormatException("inner")));

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => pair.Near.CallAsync<int>("fail").Within());

        Assert.Equal("mine", thrown.Message);
        var remote = Assert.IsType<RemoteException>(thrown.InnerException);
        Assert.Equal("System.InvalidOperationException", remote.RemoteType);
        Assert.Equal(pair.Far.Self.Id, remote.Peer);
        Assert.Contains("FailureTests", remote.RemoteStackTrace, StringComparison.Ordinal);
        Assert.Equal("System.FormatException", Assert.IsType<RemoteException>(remote.InnerException).RemoteType);
    }

    [Fact]
    public async Task Odd_exceptions_come_back_as_remote_ones_whether_thrown_at_once_or_later()
    {
        await using var pair = LinkPair.Start();
        Exception[] odd =
        [
            new InvalidTimeZoneException("unknown here"),
            new AggregateException("many", new FormatException("first"), new InvalidOperationException("second")),
            new Mute(),
            new OperationCanceledException("its own"),
            new TaskCanceledException("its own"),
            new NetException(NetError.PeerLost, "of a call of its own"),
            new NetException(NetError.NoSuchConnection, "of a call of its own"),
            Chain(100),
            new InvalidTimeZoneException(new string('x', 100_000)),
        ];
        foreach (var exception in odd)
        {
            pair.Far.Offer("at once", int () => throw exception);
            pair.Far.Offer("later", async Task<int> () =>
            {
                await Task.Yield();
                throw exception;
            });

            foreach (var tag in new[] { "at once", "later" })
            {
                var thrown = await Assert.ThrowsAsync<RemoteException>(() => pair.Near.CallAsync<int>(tag).Within());
                Assert.Equal(NetError.RemoteFailure, thrown.Error);
                Assert.Equal(exception.GetType().FullName, thrown.RemoteType);
            }
        }

        pair.Far.Offer("one", () => 1);
        Assert.Equal(1, await pair.Near.CallAsync<int>("one").Within());
    }

    [Fact]
    public async Task A_cancellation_of_the_functions_own_does_not_look_like_the_callers()
    {
        await using var pair = LinkPair.Start();
        using var own = new CancellationTokenSource();
        await own.CancelAsync();
        pair.Far.Offer("cancelled", async (CancellationToken _) => await Task.FromCanceled(own.Token));
        using var source = new CancellationTokenSource();

        var call = pair.Near.Other.InvokeAsync("cancelled", cancellationToken: source.Token);

        await Assert.ThrowsAsync<RemoteException>(() => call.Within());
        Assert.False(call.IsCanceled);
    }

    [Fact]
    public async Task A_flaw_in_rebuilding_an_exception_leaves_the_remote_one()
    {
        await using var pair = LinkPair.Start();
        pair.Near.Protocol.Options.Exceptions.Add<InvalidTimeZoneException>(_ => throw new FormatException("flaw"));
        pair.Far.Offer("fail", int () => throw new InvalidTimeZoneException("mine"));

        var thrown = await Assert.ThrowsAsync<RemoteException>(() => pair.Near.CallAsync<int>("fail").Within());

        Assert.Equal("mine", thrown.RemoteMessage);
    }

    [Theory]
    [InlineData((ushort)NetError.RemoteFailure, """{"message":"m","exception":{}}""")]
    [InlineData((ushort)NetError.RemoteFailure, """{"message":"m","exception":{"type":null,"message":null}}""")]
    [InlineData((ushort)NetError.RemoteFailure, """{"exception":{"type":"T","message":"m"}}""")]
    [InlineData((ushort)NetError.RemoteFailure, "not json")]
    [InlineData((ushort)NetError.RemoteFailure, "")]
    [InlineData((ushort)NetError.RemoteFailure, "null")]
    [InlineData((ushort)NetError.BadArguments, "{}")]
    [InlineData((ushort)0, """{"message":"m"}""")]
    [InlineData((ushort)60_000, """{"message":"m"}""")]
    public async Task An_error_frame_ends_its_call_whatever_it_holds(ushort error, string payload)
    {
        await using var peer = RawPeer.Start();
        var call = peer.Side.CallAsync<int>("f");
        var id = (await peer.ReadAsync(FrameType.Call)).Header.Id;

        await peer.SendAsync(FrameType.Error, error, id, Encoding.UTF8.GetBytes(payload));

        var thrown = await Assert.ThrowsAnyAsync<NetException>(() => call.Within());
        Assert.Equal((NetError)error, thrown.Error);
        Assert.False(peer.Side.Link.Closed.IsCompleted);
    }

    private static InvalidTimeZoneException Chain(int depth)
    {
        var exception = new InvalidTimeZoneException("end");
        for (var i = 0; i < depth; i++)
        {
            exception = new InvalidTimeZoneException($"{i}", exception);
        }

        return exception;
    }

    private sealed class Mute : Exception
    {
        public override string Message => throw new InvalidTimeZoneException("no message");

        public override string StackTrace => throw new InvalidTimeZoneException("no stack");
    }
}
