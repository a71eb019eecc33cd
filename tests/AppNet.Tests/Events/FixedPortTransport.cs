using AppNet.Transport;

namespace AppNet.Tests.Events;

/// <summary>Listens at one port, so that a peer can start anew where another one was.</summary>
internal sealed class FixedPortTransport(ITransport inner, int port) : ITransport
{
    public string Name => inner.Name;

    public IDuplexListener Listen(TransportAddress address) => inner.Listen(address with { Port = port });

    public ValueTask<IDuplex> ConnectAsync(TransportAddress address, CancellationToken cancellationToken) =>
        inner.ConnectAsync(address, cancellationToken);
}
