using AppNet.Conformance;
using AppNet.Transport;

namespace AppNet.Tests.Transport;

public sealed class TcpTransportConformance : TransportConformance
{
    internal override ITransport CreateTransport() => new TcpTransport();

    internal override TransportAddress FreeAddress() => new("tcp", "127.0.0.1", 0);
}
