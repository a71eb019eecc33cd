using AppNet.Discovery;
using AppNet.Links;
using AppNet.Peers;
using AppNet.Transport;

namespace AppNet.Tests.Peers;

/// <summary>A home in which one can settle and not be listed.</summary>
internal sealed class HalfHome(IHome home) : IHome
{
    /// <summary>Gets whether the place was left again.</summary>
    public bool IsLeft { get; private set; }

    /// <summary>Gets or sets whether peers can't be listed.</summary>
    public bool IsFull { get; set; } = true;

    public IReadOnlyList<ITransport> Transports => home.Transports;

    public IReadOnlyList<IPeerSource> Sources(Func<HandshakeParty> self) => home.Sources(self);

    public IPlace Settle(Guid instance) => new Place(this, home.Settle(instance));

    public TransportAddress? WayTo(TransportAddress address) => home.WayTo(address);

    public bool NeedsProof(TransportAddress way) => home.NeedsProof(way);

    public bool IsOnHost(TransportAddress address) => home.IsOnHost(address);

    public PeerRecord? Locate(PeerAddress address) => home.Locate(address);

    private sealed class Place(HalfHome owner, IPlace place) : IPlace
    {
        public PeerAddress Address => place.Address;

        public IReadOnlyList<Entrance> Entrances => place.Entrances;

        public HostNetwork? Network => place.Network;

        public IReadOnlyList<Entrance> OpenNetwork() => place.OpenNetwork();

        public void Publish(PeerInfo info)
        {
            if (owner.IsFull)
            {
                throw new IOException("The disk is full.");
            }

            place.Publish(info);
        }

        public void Renew(DateTimeOffset now) => place.Renew(now);

        public void Unlist() => place.Unlist();

        public void Dispose()
        {
            owner.IsLeft = true;
            place.Dispose();
        }
    }
}
