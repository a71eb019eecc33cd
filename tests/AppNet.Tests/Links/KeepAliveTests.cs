using AppNet.Links;
using AppNet.TestKit;
using AppNet.Wire;
using Xunit;

namespace AppNet.Tests.Links;

public sealed class KeepAliveTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task A_silent_peer_of_this_host_is_asked_doubted_and_lost_within_two_seconds()
    {
        var time = new ManualTimeProvider();
        await using var peer = RawPeer.Start(new LinkPairOptions { Time = time });
        using var keepAlive = new KeepAlive(time, peer.Side.Log.CreateLogger("test"));
        keepAlive.Add(peer.Side.Link);
        var call = peer.Side.CallAsync<int>("f");

        Pass(time, TimeSpan.FromSeconds(0.7));
        await peer.ReadAsync(FrameType.Ping);
        Pass(time, TimeSpan.FromSeconds(0.5));
        await peer.ReadAsync(FrameType.Ping);
        Assert.Contains(peer.Side.Log.Entries, entry => entry.EventId.Name == "PeerSuspected");
        Assert.False(call.IsCompleted);
        Pass(time, TimeSpan.FromSeconds(0.8));

        var lost = await Assert.ThrowsAsync<NetException>(() => call.Within());
        Assert.Equal(NetError.PeerLost, lost.Error);
        Assert.Contains("2 s", lost.Message, StringComparison.Ordinal);
        await peer.Side.Link.Closed.Within();
    }

    [Fact]
    public async Task Any_byte_counts_as_life()
    {
        var time = new ManualTimeProvider();
        await using var peer = RawPeer.Start(new LinkPairOptions { Time = time });
        using var keepAlive = new KeepAlive(time, peer.Side.Log.CreateLogger("test"));
        keepAlive.Add(peer.Side.Link);

        foreach (var one in RawPeer.Frame(FrameType.Pong, 0, 0, new byte[8]))
        {
            Pass(time, TimeSpan.FromSeconds(1.5));
            var before = peer.Side.Link.Receives;
            await peer.SendAsync([one]);
            await Soon.Until(() => peer.Side.Link.Receives > before, "the byte has arrived");
        }

        Assert.False(peer.Side.Link.Closed.IsCompleted);
    }

    [Fact]
    public async Task A_peer_that_is_debugged_is_waited_for()
    {
        var time = new ManualTimeProvider();
        await using var peer = RawPeer.Start(new LinkPairOptions { Time = time });
        using var keepAlive = new KeepAlive(time, peer.Side.Log.CreateLogger("test"));
        keepAlive.Add(peer.Side.Link);
        await peer.SendAsync(FrameType.Pong, 0, 0, [], FrameFlags.Debugger);
        await Soon.Until(() => peer.Side.Link.IsRemoteDebugged, "the flag has arrived");

        Pass(time, TimeSpan.FromMinutes(1));

        Assert.False(peer.Side.Link.Closed.IsCompleted);
        await peer.SendAsync(FrameType.Pong, 0, 0, []);
        await Soon.Until(() => !peer.Side.Link.IsRemoteDebugged, "the debugger is gone");
        Pass(time, TimeSpan.FromSeconds(2.1));
        await peer.Side.Link.Closed.Within();
    }

    [Fact]
    public async Task A_peer_that_named_its_debugger_in_the_handshake_is_waited_for()
    {
        var time = new ManualTimeProvider();
        var options = new LinkPairOptions { Time = time };
        using var side = new LinkSide(LinkSide.Name(4001), options);
        var info = new AppNet.Transport.DuplexInfo("memory", "test", IsSameHost: true);
        var (near, far) = AppNet.Transport.MemoryDuplex.CreatePair(info, info);
        side.Join(near, LinkSide.Name(4002) with { HasDebugger = true }, LinkLimits.Default, isDialler: true);
        side.Link.Start();
        using var keepAlive = new KeepAlive(time, side.Log.CreateLogger("test"));
        keepAlive.Add(side.Link);

        Pass(time, TimeSpan.FromMinutes(1));

        Assert.False(side.Link.Closed.IsCompleted);
        far.Dispose();
        await side.Link.Closed.Within();
    }

    [Fact]
    public async Task A_debugger_that_is_attached_amid_steady_traffic_is_told_of()
    {
        var isDebugged = false;
        var time = new ManualTimeProvider();
        var options = new LinkPairOptions { Time = time, Link = new LinkOptions { IsDebugged = () => Volatile.Read(ref isDebugged) } };
        await using var peer = RawPeer.Start(options);
        using var keepAlive = new KeepAlive(time, peer.Side.Log.CreateLogger("test"));
        keepAlive.Add(peer.Side.Link);

        await PassWithTraffic();
        Volatile.Write(ref isDebugged, true);
        await PassWithTraffic();
        var attached = await peer.ReadAsync(FrameType.Ping);
        Volatile.Write(ref isDebugged, false);
        await PassWithTraffic();
        var takenOff = await peer.ReadAsync(FrameType.Ping);

        Assert.Equal(FrameFlags.Debugger, attached.Header.Flags & FrameFlags.Debugger);
        Assert.Equal(FrameFlags.None, takenOff.Header.Flags & FrameFlags.Debugger);

        async Task PassWithTraffic()
        {
            for (var i = 0; i < 10; i++)
            {
                var before = peer.Side.Link.Receives;
                await peer.SendAsync(FrameType.Pong, 0, 0, []);
                await Soon.Until(() => peer.Side.Link.Receives > before, "the frame has arrived");
                time.Advance(Tick);
            }
        }
    }

    [Fact]
    public async Task A_process_that_was_stopped_itself_accuses_nobody()
    {
        var time = new LateTime();
        await using var peer = RawPeer.Start(new LinkPairOptions { Time = time });
        using var keepAlive = new KeepAlive(time, peer.Side.Log.CreateLogger("test"));
        keepAlive.Add(peer.Side.Link);
        time.Tick();

        time.Now += TimeSpan.FromMinutes(10);
        time.Tick();
        time.Now += TimeSpan.FromMinutes(10);
        time.Tick();

        Assert.False(peer.Side.Link.Closed.IsCompleted);
        for (var i = 0; i < 20; i++)
        {
            time.Now += TimeSpan.FromMilliseconds(100);
            time.Tick();
        }

        await peer.Side.Link.Closed.Within();
    }

    private static void Pass(ManualTimeProvider time, TimeSpan by)
    {
        for (var passed = TimeSpan.Zero; passed < by; passed += Tick)
        {
            time.Advance(Tick);
        }
    }

    /// <summary>A clock whose timers fire when the test says so, however late.</summary>
    private sealed class LateTime : TimeProvider
    {
        private readonly List<Late> _timers = [];

        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new Late(callback, state);
            _timers.Add(timer);
            return timer;
        }

        public void Tick()
        {
            foreach (var timer in _timers.Where(timer => timer.IsOn).ToList())
            {
                timer.Callback(timer.State);
            }
        }

        private sealed class Late(TimerCallback callback, object? state) : ITimer
        {
            public TimerCallback Callback => callback;

            public object? State => state;

            public bool IsOn { get; private set; }

            public bool Change(TimeSpan dueTime, TimeSpan period) => IsOn = dueTime != Timeout.InfiniteTimeSpan;

            public void Dispose() => IsOn = false;

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
