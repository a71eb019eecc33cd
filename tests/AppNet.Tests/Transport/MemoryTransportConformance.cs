using AppNet.Conformance;
using AppNet.Transport;

namespace AppNet.Tests.Transport;

public sealed class MemoryTransportConformance : TransportConformance
{
    private readonly MemoryNetwork _network = new();

    internal override ITransport CreateTransport() => _network.OpenTransport();

    internal override TransportAddress FreeAddress() => new("memory", "memory", 0);
}
