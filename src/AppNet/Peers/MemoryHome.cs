using AppNet.Discovery;
using AppNet.Links;
using AppNet.Transport;

namespace AppNet.Peers;

/// <summary>A peer's home on a network in memory.</summary>
internal sealed class MemoryHome : IHome
{
    private readonly MemoryNetwork _network;
    private readonly ITransport _transport;
    private readonly string _host;

    /// <summary>Makes the home.</summary>
    /// <param name="network">The network.</param>
    /// <param name="host">The host's name there.</param>
    /// <param name="wrap">Puts something around the transport, as tests do; null: nothing.</param>
    public MemoryHome(MemoryNetwork network, string host = MemoryNetwork.DefaultHost, Func<ITransport, ITransport>? wrap = null)
    {
        _network = network;
        _host = host;
        var transport = network.OpenTransport(host);
        _transport = wrap?.Invoke(transport) ?? transport;
    }

    /// <inheritdoc/>
    public IReadOnlyList<ITransport> Transports => [_transport];

    /// <inheritdoc/>
    public IReadOnlyList<IPeerSource> Sources(Func<HandshakeParty> self) => [new MemorySource(_network, _host)];

    /// <inheritdoc/>
    public IPlace Settle(Guid instance) =>
        new Place(_network, instance, _transport.Listen(new TransportAddress(MemoryTransport.TransportName, _host, 0)));

    /// <inheritdoc/>
    public TransportAddress? WayTo(TransportAddress address) => address;

    /// <inheritdoc/>
    public bool NeedsProof(TransportAddress way) => false;

    /// <inheritdoc/>
    public bool IsOnHost(TransportAddress address) => true;

    /// <inheritdoc/>
    public PeerRecord? Locate(PeerAddress address)
    {
        var info = _network.Peers.Values.FirstOrDefault(info => info.Host == address.Host && info.Port == address.Port)
            ?? new PeerInfo { Host = address.Host, Port = address.Port, Instance = Guid.Empty };
        return new PeerRecord
        {
            Info = info,
            Addresses = [new TransportAddress(MemoryTransport.TransportName, address.Host, address.Port)],
            IsOnHost = string.Equals(address.Host, _host, StringComparison.OrdinalIgnoreCase),
        };
    }

    private sealed class Place(MemoryNetwork network, Guid instance, IDuplexListener listener) : IPlace
    {
        public PeerAddress Address => new(listener.Address.Host, listener.Address.Port);

        public IReadOnlyList<Entrance> Entrances => [new Entrance(listener, Secret: null)];

        public HostNetwork? Network => null;

        public IReadOnlyList<Entrance> OpenNetwork() => [];

        public void Publish(PeerInfo info) => network.Peers[instance] = info;

        public void Renew(DateTimeOffset now)
        {
            // Memory does not age.
        }

        public void Unlist() => network.Peers.TryRemove(instance, out _);

        public void Dispose()
        {
            Unlist();
            listener.Dispose();
        }
    }
}
