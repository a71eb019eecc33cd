namespace AppNet.Transport;

/// <summary>One end of a path through memory: a pipe each way.</summary>
internal sealed class MemoryDuplex : IDuplex
{
    private readonly BytePipe _incoming;
    private readonly BytePipe _outgoing;
    private readonly SendCursor _cursor = new();

    private MemoryDuplex(BytePipe incoming, BytePipe outgoing, DuplexInfo info)
    {
        _incoming = incoming;
        _outgoing = outgoing;
        Info = info;
    }

    /// <inheritdoc/>
    public DuplexInfo Info { get; }

    /// <summary>Makes the two ends of a new path.</summary>
    /// <param name="nearInfo">What the first end knows of the second.</param>
    /// <param name="farInfo">What the second end knows of the first.</param>
    /// <returns>The two ends.</returns>
    public static (MemoryDuplex Near, MemoryDuplex Far) CreatePair(DuplexInfo nearInfo, DuplexInfo farInfo)
    {
        var toFar = new BytePipe();
        var toNear = new BytePipe();
        return (new MemoryDuplex(toNear, toFar, nearInfo), new MemoryDuplex(toFar, toNear, farInfo));
    }

    /// <inheritdoc/>
    public int Receive(Span<byte> buffer, TimeSpan timeout) => _incoming.Read(buffer, timeout);

    /// <inheritdoc/>
    public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
        _incoming.ReadAsync(buffer, cancellationToken);

    /// <inheritdoc/>
    public int TrySend(List<ArraySegment<byte>> buffers)
    {
        int total = 0;
        foreach (var buffer in buffers)
        {
            int taken = _outgoing.Write(buffer);
            total += taken;
            if (taken < buffer.Count)
            {
                break;
            }
        }

        return total;
    }

    /// <inheritdoc/>
    public async ValueTask SendAsync(List<ArraySegment<byte>> buffers, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _cursor.Begin(buffers);
        try
        {
            while (_cursor.NextWindow() is { Count: > 0 } window)
            {
                int sent = TrySend(window);
                _cursor.Advance(sent);
                if (sent == 0)
                {
                    await _outgoing.WaitForRoomAsync(cancellationToken).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            _cursor.End();
        }
    }

    /// <inheritdoc/>
    public void CompleteSending() => _outgoing.EndWriting();

    /// <inheritdoc/>
    public void Dispose()
    {
        _incoming.Abandon(byReader: true);
        _outgoing.Abandon(byReader: false);
    }
}
