using System.Buffers;
using AppNet.Transport;

namespace AppNet.Security;

/// <summary>
/// What lies under TLS: the encrypted bytes that came in and were not decrypted yet, and those that go out. TLS reads what is here and
/// writes what is to be sent here; only during its handshake, by the asynchronous methods, does it wait for the duplex itself.
/// </summary>
/// <remarks>
/// One thread reads and one writes at a time, as with the duplex. TLS gets one record at a time, so that it never keeps any for
/// itself, and <see cref="HasRecord"/> is the whole truth about what can be decrypted without waiting.
/// </remarks>
internal sealed class CipherStream(IDuplex duplex, int maxHandshakeBytes) : Stream
{
    private const int HeaderSize = 5;
    private const int MinBuffer = 4 * 1024;
    private const int MaxRecord = HeaderSize + 16_384 + 256;
    private const int FirstKind = 20;
    private const int LastKind = 23;
    private const int Major = 3;

    // Several records in one receive, once a whole buffer has been filled.
    private const int BulkBuffer = 4 * MaxRecord;

    // Owned by who reads.
    private byte[] _in = [];
    private int _start;
    private int _end;
    private int _recordLeft;
    private int _handshakeBytes;
    private bool _isBulk;

    // Owned by who writes.
    private byte[] _out = [];
    private int _outEnd;

    /// <summary>Gets or sets whether the handshake is over: from then on nothing here waits, and received bytes are no longer counted.</summary>
    public bool IsEstablished { get; set; }

    /// <summary>Gets whether the other side has sent everything.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Gets whether a whole record is here, or the rest of one that TLS has begun to read.</summary>
    /// <exception cref="NotAcceptedException">What is here is no record.</exception>
    public bool HasRecord => _recordLeft > 0 || LengthOfRecord() > 0;

    /// <summary>Gets the encrypted bytes to be sent, until <see cref="ClearOut"/>.</summary>
    public ArraySegment<byte> Out => new(_out, 0, _outEnd);

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Forgets the bytes that were sent, and gives their memory back.</summary>
    public void ClearOut()
    {
        _outEnd = 0;
        Return(ref _out);
    }

    /// <summary>Receives what has arrived.</summary>
    /// <param name="timeout">How long to wait, as with the duplex.</param>
    /// <returns>False: nothing arrived in time.</returns>
    public bool TryFill(TimeSpan timeout)
    {
        var count = duplex.Receive(Room().Span, timeout);
        if (count >= 0)
        {
            Filled(count);
        }

        return count >= 0;
    }

    /// <summary>Waits until something has arrived, with no buffer while nothing is half here.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends then.</returns>
    public ValueTask<int> WaitAsync(CancellationToken cancellationToken)
    {
        if (_start == _end)
        {
            _start = _end = 0;
            _isBulk = false;
            Return(ref _in);
        }

        return duplex.ReceiveAsync(Memory<byte>.Empty, cancellationToken);
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer) =>
        HasRecord ? Take(buffer)
        : HasEnded ? AtEnd()
        // TLS wants more than the record it was asked to decrypt, such as after a message of its own.
        : throw NothingHere.Instance;

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!HasRecord && !HasEnded)
        {
            Filled(await duplex.ReceiveAsync(Room(), cancellationToken).ConfigureAwait(false));
        }

        return HasRecord ? Take(buffer.Span) : AtEnd();
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_out.Length - _outEnd < buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_outEnd + buffer.Length, _out.Length * 2));
            _out.AsSpan(0, _outEnd).CopyTo(larger);
            Return(ref _out);
            _out = larger;
        }

        buffer.CopyTo(_out.AsSpan(_outEnd));
        _outEnd += buffer.Length;
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (IsEstablished)
        {
            Write(buffer.Span);
            return;
        }

        await duplex.SendAsync([buffer.ToArray()], cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override void Flush()
    {
        // What is written is sent by who owns this stream.
    }

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    private static void Return(ref byte[] array)
    {
        if (array.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(array);
            array = [];
        }
    }

    // The length of the whole record that is here, 0 when there is none.
    private int LengthOfRecord()
    {
        var there = _in.AsSpan(_start, _end - _start);
        if (there.IsEmpty)
        {
            return 0;
        }

        if (there[0] is < FirstKind or > LastKind || (there.Length > 1 && there[1] != Major))
        {
            throw new NotAcceptedException("It does not speak TLS.");
        }

        if (there.Length < HeaderSize)
        {
            return 0;
        }

        var length = HeaderSize + ((there[3] << 8) | there[4]);
        return length > MaxRecord ? throw new NotAcceptedException("It sends what is no TLS record.")
            : there.Length >= length ? length : 0;
    }

    private int Take(Span<byte> buffer)
    {
        _recordLeft = _recordLeft > 0 ? _recordLeft : LengthOfRecord();
        var count = Math.Min(buffer.Length, _recordLeft);
        _in.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        _recordLeft -= count;
        return count;
    }

    // The other side has ended: in order between two records, else in the middle of one.
    private int AtEnd() => _start == _end ? 0 : throw new IOException("The other side has ended in the middle of a TLS record.");

    private Memory<byte> Room()
    {
        var wanted = _isBulk ? BulkBuffer : _end - _start < MinBuffer ? MinBuffer : MaxRecord;
        if (_in.Length < wanted)
        {
            var larger = ArrayPool<byte>.Shared.Rent(wanted);
            MoveTo(larger);
            Return(ref _in);
            _in = larger;
        }
        else if (_start > 0)
        {
            MoveTo(_in);
        }

        return _in.AsMemory(_end);
    }

    private void MoveTo(byte[] destination)
    {
        _in.AsSpan(_start, _end - _start).CopyTo(destination);
        _end -= _start;
        _start = 0;
    }

    private void Filled(int count)
    {
        HasEnded |= count == 0;
        _end += count;
        _isBulk |= IsEstablished && _end == _in.Length;
        if (!IsEstablished && (_handshakeBytes += count) > maxHandshakeBytes)
        {
            throw new NotAcceptedException($"Its TLS takes more than {maxHandshakeBytes} bytes to begin.");
        }
    }
}
