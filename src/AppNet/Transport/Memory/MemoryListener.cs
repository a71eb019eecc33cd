using System.Threading.Channels;

namespace AppNet.Transport;

/// <summary>Takes what others connect over a <see cref="MemoryNetwork"/>.</summary>
/// <param name="network">The network that finds it.</param>
/// <param name="address">Where it listens.</param>
internal sealed class MemoryListener(MemoryNetwork network, TransportAddress address) : IDuplexListener
{
    private const int Backlog = 512;

    private readonly Channel<MemoryDuplex> _offered = Channel.CreateBounded<MemoryDuplex>(Backlog);

    /// <inheritdoc/>
    public TransportAddress Address => address;

    /// <inheritdoc/>
    public async ValueTask<IDuplex> AcceptAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _offered.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException closed)
        {
            throw new ObjectDisposedException(nameof(MemoryListener), closed);
        }
    }

    /// <summary>Queues the far end of a new path, waiting while the queue is full.</summary>
    /// <param name="duplex">The end for this listener, its own once it is queued.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when the listener is disposed.</returns>
    public async ValueTask<bool> OfferAsync(MemoryDuplex duplex, CancellationToken cancellationToken)
    {
        try
        {
            await _offered.Writer.WriteAsync(duplex, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (ChannelClosedException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        network.Remove(this);
        _offered.Writer.TryComplete();
        while (_offered.Reader.TryRead(out var waiting))
        {
            waiting.Dispose();
        }
    }
}
