namespace AppNet.Transport;

/// <summary>One peer's way into a <see cref="MemoryNetwork"/>.</summary>
/// <param name="network">The network.</param>
/// <param name="host">The host the peer is on; it may listen under this name, or any other.</param>
internal sealed class MemoryTransport(MemoryNetwork network, string host) : ITransport
{
    /// <summary>The name in addresses.</summary>
    public const string TransportName = "memory";

    /// <inheritdoc/>
    public string Name => TransportName;

    /// <inheritdoc/>
    public IDuplexListener Listen(TransportAddress address) => network.Listen(address);

    /// <inheritdoc/>
    public async ValueTask<IDuplex> ConnectAsync(TransportAddress address, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var listener = network.Find(address) ?? throw NobodyAt(address);
        bool sameHost = string.Equals(host, address.Host, StringComparison.OrdinalIgnoreCase);
        var (near, far) = MemoryDuplex.CreatePair(
            new DuplexInfo(TransportName, address.ToString(), sameHost),
            new DuplexInfo(TransportName, new TransportAddress(TransportName, host, 0).ToString(), sameHost));
        try
        {
            return await listener.OfferAsync(far, cancellationToken).ConfigureAwait(false) ? near : throw NobodyAt(address);
        }
        catch
        {
            near.Dispose();
            far.Dispose();
            throw;
        }
    }

    private static IOException NobodyAt(TransportAddress address) => new($"Nothing listens at {address.Host}:{address.Port}.");
}
