using AppNet.Conformance;
using AppNet.TestKit;
using AppNet.Transport;

namespace AppNet.Tests.Transport;

/// <summary>Without a fault a faulty transport is like any other.</summary>
public sealed class FaultyTransportConformance : TransportConformance
{
    private readonly FaultyTransport _transport = new(new MemoryNetwork().OpenTransport(), seed: 20260);

    internal override ITransport CreateTransport() => _transport;

    internal override TransportAddress FreeAddress() => new("memory", "memory", 0);
}
