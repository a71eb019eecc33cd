using AppNet.Discovery;
using AppNet.Links;
using AppNet.Peers;
using AppNet.Tests.Links;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace AppNet.Tests.Peers;

public sealed class DiallerTests
{
    [Fact]
    public async Task A_call_that_comes_when_the_dialler_is_gone_is_refused()
    {
        var self = Sample.Info(port: 4001);
        var home = new MemoryHome(new MemoryNetwork());
        var there = Sample.Info(port: 4002);
        using var place = home.Settle(there.Instance);
        place.Publish(there with { Host = place.Address.Host, Port = place.Address.Port });
        using var keepAlive = new KeepAlive(TimeProvider.System, NullLogger.Instance);
        var links = new LinkTable(self.Instance, _ => throw new InvalidOperationException("Nobody dials."), keepAlive, _ => { }, _ => { });
        var peers = new PeerTable(self.Instance, [], TimeProvider.System, NullLogger.Instance);
        var dialler = new Dialler(home, peers, links, python: null, () => new HandshakeParty(self, new LinkOptions()), NullLogger.Instance);
        var id = (there with { Host = place.Address.Host, Port = place.Address.Port }).Id;
        await dialler.DisposeAsync();

        var refused = await Assert.ThrowsAsync<NetException>(() => dialler.DialAsync(id, TestContext.Current.CancellationToken).Within());

        Assert.Equal(NetError.Refused, refused.Error);
    }
}
