using AppNet.Conformance;
using AppNet.Transport;
using Xunit;

namespace AppNet.Tests.Transport;

public sealed class MemoryNetworkTests
{
    private readonly MemoryNetwork _network = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void Ports_are_counted_from_40000_and_given_back()
    {
        var transport = _network.OpenTransport();
        using var first = transport.Listen(new TransportAddress("memory", "memory", 0));
        using (var second = transport.Listen(new TransportAddress("memory", "MEMORY", 0)))
        {
            Assert.Equal(40_001, second.Address.Port);
        }

        using var third = transport.Listen(new TransportAddress("memory", "memory", 40_001));

        Assert.Equal(40_000, first.Address.Port);
    }

    [Fact]
    public async Task Peers_of_different_names_are_on_different_hosts()
    {
        using var listener = _network.OpenTransport("alpha").Listen(new TransportAddress("memory", "alpha", 3010));

        using var near = await _network.OpenTransport("beta").ConnectAsync(listener.Address, Cancelled);
        using var far = await listener.AcceptAsync(Cancelled);

        Assert.False(near.Info.IsSameHost);
        Assert.False(far.Info.IsSameHost);
        Assert.Equal("memory://alpha:3010", near.Info.Remote);
        Assert.Equal("memory:beta", far.Info.Remote);
    }

    [Fact]
    public async Task Two_networks_do_not_meet()
    {
        using var listener = _network.OpenTransport().Listen(new TransportAddress("memory", "memory", 3010));

        await Assert.ThrowsAsync<IOException>(async () => await new MemoryNetwork().OpenTransport().ConnectAsync(listener.Address, Cancelled));
    }

    [Fact]
    public async Task A_path_holds_256_KiB_each_way()
    {
        using var pair = await DuplexPair.OpenAsync(_network.OpenTransport(), new TransportAddress("memory", "memory", 0), Cancelled);

        Assert.Equal(BytePipe.Capacity, pair.Near.TrySend([new byte[200_000], new byte[200_000]]));
        Assert.Equal(256 * 1024, Traffic.Fill(pair.Far));
        Assert.Equal(0, pair.Near.TrySend(Traffic.One(1)));
    }

    [Fact]
    public async Task Those_still_in_the_queue_end_with_the_listener()
    {
        var listener = _network.OpenTransport().Listen(new TransportAddress("memory", "memory", 0));
        using var near = await _network.OpenTransport().ConnectAsync(listener.Address, Cancelled);

        listener.Dispose();

        Assert.Equal(0, near.Receive(new byte[1], TimeSpan.FromSeconds(30)));
    }
}
