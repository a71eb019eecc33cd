using System.Diagnostics.CodeAnalysis;

namespace AppNet.Calls;

/// <summary>A stream of bytes as it is read. Forward only; disposing of it ends the other side.</summary>
internal sealed class IncomingBytes(IncomingStream stream) : Stream
{
    private ReceivedItems _chunk;
    private int _position;
    private bool _hasChunk;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException("The length of a stream from a peer is known at its end.");

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException("A stream from a peer can't be sought.");
        set => throw new NotSupportedException("A stream from a peer can't be sought.");
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!_hasChunk)
        {
            if (stream.TryTake(out _chunk))
            {
                _hasChunk = true;
                _position = 0;
            }
            else if (stream.IsOver(out var failure))
            {
                return failure is null ? 0 : throw failure;
            }
            else
            {
                await WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        var count = Math.Min(buffer.Length, _chunk.Length - _position);
        _chunk.Payload.Slice(_position, count).CopyTo(buffer.Span);
        _position += count;
        if (_position == _chunk.Length)
        {
            GiveBack();
        }

        return count;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    [SuppressMessage("Usage", "VSTHRD002", Justification = "Who reads synchronously blocks, as with any stream of a network.")]
    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count), CancellationToken.None).AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("A stream from a peer can't be sought.");

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException("A stream from a peer is only read.");

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("A stream from a peer is only read.");

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            stream.Call.Abandon(stream, new ObjectDisposedException(nameof(Stream)));
            if (_hasChunk)
            {
                GiveBack();
            }
        }

        base.Dispose(disposing);
    }

    private async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        // A read that is cancelled ends the stream: what it would have got is not known.
        using (cancellationToken.UnsafeRegister(
            static (state, token) => ((IncomingBytes)state!).Cancel(new OperationCanceledException(token)), this))
        {
            _ = await stream.WaitAsync().ConfigureAwait(false);
        }
    }

    private void Cancel(Exception reason) => stream.Call.Abandon(stream, reason);

    private void GiveBack()
    {
        _hasChunk = false;
        var cost = _chunk.Cost;
        _chunk.Return();
        stream.Consumed(cost);
    }
}
