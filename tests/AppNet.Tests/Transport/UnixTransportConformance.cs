using AppNet.Conformance;
using AppNet.Transport;

namespace AppNet.Tests.Transport;

public sealed class UnixTransportConformance : TransportConformance, IDisposable
{
    private readonly SocketFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    internal override ITransport CreateTransport() => new UnixTransport();

    internal override TransportAddress FreeAddress() => new("unix", _folder.NewPath(), 0);
}
