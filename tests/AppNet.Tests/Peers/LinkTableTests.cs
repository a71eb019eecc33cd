using AppNet.Links;
using AppNet.Peers;
using AppNet.TestKit;
using AppNet.Tests.Links;
using AppNet.Transport;
using Xunit;

namespace AppNet.Tests.Peers;

public sealed class LinkTableTests
{
    [Fact]
    public async Task A_link_that_comes_after_the_stop_is_not_even_made()
    {
        var made = 0;
        using var keepAlive = new KeepAlive(TimeProvider.System, new LogRecorder().CreateLogger("AppNet"));
        var table = new LinkTable(Guid.NewGuid(), Make, keepAlive, _ => { }, _ => { });
        await table.StopAsync(TestContext.Current.CancellationToken);
        var info = new DuplexInfo("memory", "test", IsSameHost: true);
        var (near, far) = MemoryDuplex.CreatePair(info, info);

        var refused = Assert.Throws<NetException>(
            () => table.Add(new HandshakeResult(near, LinkSide.Name(4001), IsDialler: false, LinkLimits.Default, default), dialled: null));

        Assert.Equal(NetError.Refused, refused.Error);
        Assert.Equal(0, made);
        Assert.Equal(0, await far.ReceiveAsync(new byte[1], TestContext.Current.CancellationToken).AsTask().Within());

        Link Make(HandshakeResult handshake)
        {
            made++;
            throw new InvalidOperationException("Nobody wants it.");
        }
    }

    [Fact]
    public async Task A_link_that_is_made_while_the_table_stops_ends_for_its_protocols_too()
    {
        await using var pair = LinkPair.Start();
        using var keepAlive = new KeepAlive(TimeProvider.System, new LogRecorder().CreateLogger("AppNet"));
        LinkTable? table = null;
        Link? made = null;
        table = new LinkTable(Guid.NewGuid(), Make, keepAlive, _ => { }, _ => { });
        var info = new DuplexInfo("memory", "test", IsSameHost: true);
        var (near, _) = MemoryDuplex.CreatePair(info, info);

        Assert.Throws<NetException>(
            () => table.Add(new HandshakeResult(near, LinkSide.Name(4001), IsDialler: false, LinkLimits.Default, default), dialled: null));

        await made!.Closed.Within();
        Assert.False(made.TakesCalls);
        Assert.Equal(0, table.Count);

        Link Make(HandshakeResult handshake)
        {
            made = new Link(handshake, new LinkOptions(), pair.Near.Threads, [pair.Near.Protocol], pair.Near.Log.CreateLogger("AppNet"));
            _ = table!.StopAsync(CancellationToken.None);
            return made;
        }
    }
}
