using AppNet.Conformance;
using AppNet.Security;
using AppNet.Transport;

namespace AppNet.Tests.Security;

/// <summary>TLS over loopback TCP does what every transport does.</summary>
public sealed class TlsTransportConformance : TransportConformance
{
    private readonly KeyRing _ring = TlsPeers.SharedRing();

    internal override ITransport CreateTransport() => TlsPeers.Transport(_ring);

    internal override TransportAddress FreeAddress() => TlsPeers.AnyPort();
}
