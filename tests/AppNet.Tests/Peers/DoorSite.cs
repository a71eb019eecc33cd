using AppNet.Links;
using AppNet.Peers;
using AppNet.Python;
using AppNet.TestKit;
using AppNet.Tests.Links;
using AppNet.Transport;
using AppNet.Wire;

namespace AppNet.Tests.Peers;

/// <summary>A place in memory with several listeners, and the doors at them.</summary>
internal sealed class DoorSite : IPlace, IAsyncDisposable
{
    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    private readonly MemoryNetwork _network = new();
    private readonly PeerInfo _self = LinkSide.Name(4002);
    private readonly LinkOptions _options;
    private readonly LinkThreads _threads;
    private readonly KeepAlive _keepAlive;
    private readonly Doors _doors;

    public DoorSite(int listeners = 1, int maxLinks = 100, TimeProvider? time = null, Func<IDuplexListener, IDuplexListener>? wrap = null)
    {
        time ??= TimeProvider.System;
        _options = new LinkOptions { Time = time };
        _threads = new LinkThreads(time, _options.SpinTime);
        var logger = Log.CreateLogger("AppNet");
        _keepAlive = new KeepAlive(time, logger);
        Links = new LinkTable(_self.Instance, handshake => new Link(handshake, _options, _threads, [], logger), _keepAlive, _ => { }, _ => { });
        Listeners =
        [
            .. Enumerable.Range(0, listeners)
                .Select(_ => _network.OpenTransport().Listen(new TransportAddress("memory", "memory", 0)))
                .Select(listener => wrap?.Invoke(listener) ?? listener),
        ];
        _doors = new Doors(this, Links, () => new HandshakeParty(_self, _options), new PythonGate(door: null, logger), maxLinks, logger);
    }

    public LogRecorder Log { get; } = new();

    public LinkTable Links { get; }

    public PeerAddress Address => new(_self.Host, _self.Port);

    public IReadOnlyList<IDuplexListener> Listeners { get; }

    public IReadOnlyList<Entrance> Entrances => [.. Listeners.Select(listener => new Entrance(listener, Key))];

    public HostNetwork? Network => null;

    public IReadOnlyList<Entrance> OpenNetwork() => [];

    /// <summary>Connects to a listener, and says as much as tells that it is no Python peer.</summary>
    public async Task<IDuplex> KnockAsync(int listener)
    {
        var duplex = await _network.OpenTransport().ConnectAsync(Listeners[listener].Address, CancellationToken.None);
        await duplex.SendAsync([WireLimits.Preface[..1].ToArray()], CancellationToken.None);
        return duplex;
    }

    /// <summary>Dials a listener, as a peer does.</summary>
    public Task<HandshakeResult> DialAsync(int listener, int port = 4001, byte[]? secret = null) => Dialling.DialAsync(
        _network.OpenTransport(),
        new DialTarget(_self.Id, Listeners[listener].Address, _self.Instance, secret ?? Key),
        new HandshakeParty(LinkSide.Name(port), new LinkOptions { HandshakeTimeout = Soon.Limit }),
        CancellationToken.None);

    public void Publish(PeerInfo info)
    {
    }

    public void Renew(DateTimeOffset now)
    {
    }

    public void Unlist()
    {
    }

    public void Dispose()
    {
        foreach (var listener in Listeners)
        {
            listener.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        await _doors.DisposeAsync();
        await Links.StopAsync(new CancellationToken(canceled: true));
        _keepAlive.Dispose();
        _threads.Dispose();
    }
}
