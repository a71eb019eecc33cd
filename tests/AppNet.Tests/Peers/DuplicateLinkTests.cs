using AppNet.Links;
using AppNet.Peers;
using AppNet.TestKit;
using AppNet.Tests.Links;
using AppNet.Transport;
using AppNet.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace AppNet.Tests.Peers;

/// <summary>Two links to one peer, whose other ends are in the hands of the test: docs/protocol.md, section 5.3.</summary>
public sealed class DuplicateLinkTests : IDisposable
{
    private static readonly Guid Low = new("00000000-0000-0000-0000-000000000001");
    private static readonly Guid High = new("ffffffff-0000-0000-0000-000000000001");

    private readonly LinkSide _side = new(LinkSide.Name(4001), new LinkPairOptions());
    private readonly KeepAlive _keepAlive = new(new ManualTimeProvider(), NullLogger.Instance);
    private readonly List<IDuplex> _ends = [];

    public void Dispose()
    {
        foreach (var end in _ends)
        {
            end.Dispose();
        }

        _keepAlive.Dispose();
        _side.Dispose();
    }

    [Fact]
    public async Task The_newer_link_is_asked_when_it_is_the_one_that_is_kept_and_then_the_older_one_is_left()
    {
        var table = Table(High);
        var (_, older) = Add(table, Low, isDialler: true);
        var (kept, newer) = Add(table, Low, isDialler: false);

        await new RawEnd(newer).ReadAsync(FrameType.Ping);
        await newer.SendAsync([RawPeer.Frame(FrameType.Pong, 0, 0, [])], TestContext.Current.CancellationToken);
        var (goodbye, _) = await new RawEnd(older).ReadAsync();

        Assert.Equal((FrameType.Goodbye, (ushort)Goodbye.Duplicate), (goodbye.Type, goodbye.Number));
        Assert.True(table.TryGet(AddressOf(kept), out var preferred));
        Assert.Same(kept, preferred);
    }

    [Fact]
    public async Task The_older_link_stays_when_the_newer_one_fails_before_its_pong()
    {
        var table = Table(High);
        var (stays, older) = Add(table, Low, isDialler: true);
        var (failed, newer) = Add(table, Low, isDialler: false);

        await new RawEnd(newer).ReadAsync(FrameType.Ping);
        newer.Dispose();
        await failed.Closed.Within();

        await Soon.Until(() => table.Count == 1, "the table knows");
        Assert.True(stays.TakesCalls);
        Assert.False(stays.IsClosing);
        Assert.True(table.TryGet(AddressOf(stays), out var preferred));
        Assert.Same(stays, preferred);
        older.Dispose();
        await Soon.Until(() => !table.TryGet(AddressOf(stays), out _), "its addresses are forgotten");
    }

    private static PeerAddress AddressOf(Link link) => new(link.Remote.Host, link.Remote.Port);

    private LinkTable Table(Guid self) => new(
        self,
        handshake => new Link(handshake, new LinkOptions(), _side.Threads, [_side.Protocol], _side.Log.CreateLogger("AppNet.Links")),
        _keepAlive,
        _ => { },
        _ => { });

    private (Link Link, IDuplex End) Add(LinkTable table, Guid instance, bool isDialler)
    {
        var info = new DuplexInfo("memory", "test", IsSameHost: true);
        var (near, far) = MemoryDuplex.CreatePair(info, info);
        _ends.Add(far);
        var remote = Sample.Info(instance, port: 4002);
        return (table.Add(new HandshakeResult(near, remote, isDialler, LinkLimits.Default, ReadOnlyMemory<byte>.Empty), dialled: null), far);
    }
}
