using AppNet.Transport;

namespace AppNet.TestKit;

/// <summary>A listener of a <see cref="FaultyTransport"/>.</summary>
/// <param name="inner">The listener that accepts.</param>
/// <param name="open">Puts faults before what it accepts.</param>
internal sealed class FaultyListener(IDuplexListener inner, Func<IDuplex, FaultyDuplex> open) : IDuplexListener
{
    /// <inheritdoc/>
    public TransportAddress Address => inner.Address;

    /// <inheritdoc/>
    public async ValueTask<IDuplex> AcceptAsync(CancellationToken cancellationToken) =>
        open(await inner.AcceptAsync(cancellationToken));

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();
}
