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

    public bool NeedsProof => home.NeedsProof;

    public bool MayDial(TransportAddress address) => true;

    public PeerRecord? Locate(PeerAddress address) => home.Locate(address);

    private sealed class Place(IPlace place, List<DateTimeOffset> renewals) : IPlace
    {
        public PeerAddress Address => place.Address;

        public IReadOnlyList<IDuplexListener> Listeners => place.Listeners;

        public byte[]? Secret => place.Secret;

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
