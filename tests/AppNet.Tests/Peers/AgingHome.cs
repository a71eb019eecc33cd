using AppNet.Discovery;
using AppNet.Links;
using AppNet.Peers;
using AppNet.Transport;

namespace AppNet.Tests.Peers;

/// <summary>A home that remembers when entries there were renewed.</summary>
internal sealed class AgingHome(IHome home) : IHome
{
    public List<DateTimeOffset> Renewals { get; } = [];

    public IReadOnlyList<ITransport> Transports => home.Transports;

    public IReadOnlyList<IPeerSource> Sources(Func<HandshakeParty> self) => home.Sources(self);

    public IPlace Settle(Guid instance) => new Place(home.Settle(instance), Renewals);

    public TransportAddress? WayTo(TransportAddress address) => address;

    public bool NeedsProof(TransportAddress way) => home.NeedsProof(way);

    public bool IsOnHost(TransportAddress address) => home.IsOnHost(address);

    public PeerRecord? Locate(PeerAddress address) => home.Locate(address);

    private sealed class Place(IPlace place, List<DateTimeOffset> renewals) : IPlace
    {
        public PeerAddress Address => place.Address;

        public IReadOnlyList<Entrance> Entrances => place.Entrances;

        public HostNetwork? Network => place.Network;

        public IReadOnlyList<Entrance> OpenNetwork() => place.OpenNetwork();

        public void Publish(PeerInfo info) => place.Publish(info);

        public void Renew(DateTimeOffset now)
        {
            place.Renew(now);
            renewals.Add(now);
        }

        public void Unlist() => place.Unlist();

        public void Dispose() => place.Dispose();
    }
}
