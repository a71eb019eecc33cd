using AppNet.Transport;

namespace AppNet.Conformance;

/// <summary>A listener and the two ends of one path through it.</summary>
internal sealed class DuplexPair(IDuplexListener listener, IDuplex near, IDuplex far) : IDisposable
{
    public IDuplexListener Listener => listener;

    /// <summary>Gets the end that connected.</summary>
    public IDuplex Near => near;

    /// <summary>Gets the end that was accepted.</summary>
    public IDuplex Far => far;

    public static async Task<DuplexPair> OpenAsync(ITransport transport, TransportAddress address, CancellationToken cancellationToken)
    {
        var listener = transport.Listen(address);
        var accepting = listener.AcceptAsync(cancellationToken);
        var near = await transport.ConnectAsync(listener.Address, cancellationToken);
        return new DuplexPair(listener, near, await accepting);
    }

    public void Dispose()
    {
        near.Dispose();
        far.Dispose();
        listener.Dispose();
    }
}
