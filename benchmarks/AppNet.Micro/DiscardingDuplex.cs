using AppNet.Transport;

namespace AppNet.Micro;

/// <summary>A path that takes all that is sent, at once, and on which nothing ever comes.</summary>
internal sealed class DiscardingDuplex : IDuplex
{
    /// <inheritdoc/>
    public DuplexInfo Info { get; } = new("memory", "nowhere", IsSameHost: true);

    /// <inheritdoc/>
    public int Receive(Span<byte> buffer, TimeSpan timeout) => -1;

    /// <inheritdoc/>
    public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) => ValueTask.FromResult(0);

    /// <inheritdoc/>
    public int TrySend(List<ArraySegment<byte>> buffers)
    {
        var sent = 0;
        foreach (var buffer in buffers)
        {
            sent += buffer.Count;
        }

        return sent;
    }

    /// <inheritdoc/>
    public ValueTask SendAsync(List<ArraySegment<byte>> buffers, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public void CompleteSending()
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
