namespace AppNet.Load.Systems.Raw;

/// <summary>A thread that reads events from a blocking stream, as many at once as have come.</summary>
internal sealed class RawSubscription : IAsyncDisposable
{
    private const int BufferLength = 64 * 1024;

    private readonly Stream _stream;
    private readonly Action<int> _handler;

    /// <summary>Initializes a new instance of the <see cref="RawSubscription"/> class, which reads from now on.</summary>
    /// <param name="stream">The stream; closed with the subscription.</param>
    /// <param name="handler">Takes each event.</param>
    public RawSubscription(Stream stream, Action<int> handler)
    {
        _stream = stream;
        _handler = handler;
        if (stream.ReadByte() != 1)
        {
            throw new LoadException("The publisher did not take the subscription.");
        }

        new Thread(Read) { IsBackground = true, Name = "raw subscriber" }.Start();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private void Read()
    {
        var buffer = new byte[BufferLength];
        var used = 0;
        try
        {
            while (_stream.Read(buffer, used, buffer.Length - used) is > 0 and var count)
            {
                used += count;
                var handled = Handle(buffer.AsSpan(0, used));
                buffer.AsSpan(handled, used - handled).CopyTo(buffer);
                used -= handled;
            }
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException)
        {
            // The subscription has ended.
        }
    }

    private int Handle(ReadOnlySpan<byte> received)
    {
        var handled = 0;
        while (received.Length - handled >= RawFrame.EventLength)
        {
            _handler(RawFrame.ReadEvent(received[handled..]));
            handled += RawFrame.EventLength;
        }

        return handled;
    }
}
