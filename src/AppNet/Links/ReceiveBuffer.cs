using System.Buffers;
using AppNet.Wire;

namespace AppNet.Links;

/// <summary>
/// What a link has received and not yet handled. Owned by whoever owns the read loop. Holds no memory while it is empty and
/// released.
/// </summary>
internal sealed class ReceiveBuffer
{
    private const int InitialSize = 64 * 1024;

    // A frame up to this size gets its room at once. For a longer one room grows with what has come of it: a header alone is cheap to send.
    private const int MaxAtOnce = (1024 + 64) * 1024;

    private readonly int _maxFrame;
    private byte[] _bytes = [];
    private int _start;
    private int _end;

    /// <summary>Makes a buffer.</summary>
    /// <param name="maxFrame">The longest frame that may come, header not counted.</param>
    /// <param name="received">What has been received already.</param>
    public ReceiveBuffer(int maxFrame, ReadOnlySpan<byte> received)
    {
        _maxFrame = maxFrame;
        if (!received.IsEmpty)
        {
            _bytes = ArrayPool<byte>.Shared.Rent(Math.Max(InitialSize, received.Length));
            received.CopyTo(_bytes);
            _end = received.Length;
        }
    }

    /// <summary>Gets whether nothing waits to be handled.</summary>
    public bool IsEmpty => _start == _end;

    /// <summary>Gets what waits to be handled.</summary>
    public ReadOnlySpan<byte> Unread => _bytes.AsSpan(_start, _end - _start);

    /// <summary>Returns where the next bytes go. Moves what waits, so no frame may be in use.</summary>
    /// <returns>Room for at least one byte.</returns>
    public Span<byte> GetRoom()
    {
        var needed = Unread.Length < FrameHeader.Size
            ? FrameHeader.Size
            : FrameHeader.Size + (int)FrameHeader.Read(Unread).Length;
        needed = Math.Min(needed, Math.Max(MaxAtOnce, Unread.Length * 2));
        if (_bytes.Length < Math.Max(needed, 1) || _bytes.Length == 0)
        {
            MoveTo(ArrayPool<byte>.Shared.Rent(Math.Max(InitialSize, needed)));
        }
        else if (_start > 0 && (_start == _end || _start + needed > _bytes.Length || _end == _bytes.Length))
        {
            MoveTo(_bytes);
        }

        return _bytes.AsSpan(_end);
    }

    /// <summary>Adds what was written to <see cref="GetRoom"/>.</summary>
    /// <param name="count">How many bytes.</param>
    public void Commit(int count) => _end += count;

    /// <summary>Takes the next frame, if it has arrived whole.</summary>
    /// <param name="frame">The frame, valid until <see cref="GetRoom"/> or <see cref="Release"/>.</param>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="ProtocolException">The frame is longer than allowed, or inconsistent.</exception>
    public bool TryTake(out Frame frame)
    {
        var unread = Unread;
        frame = default;
        if (unread.Length < FrameHeader.Size)
        {
            return false;
        }

        var header = FrameHeader.Read(unread);
        if (header.Length > (uint)_maxFrame)
        {
            throw new ProtocolException($"A frame of {header.Length} bytes is longer than the {_maxFrame} allowed.");
        }

        var size = FrameHeader.Size + (int)header.Length;
        if (unread.Length < size)
        {
            return false;
        }

        frame = new Frame(header, unread[FrameHeader.Size..size]);
        _start += size;
        return true;
    }

    /// <summary>Makes a copy of what waits, for another owner. This one's memory stays as it is.</summary>
    /// <returns>The copy.</returns>
    public ReceiveBuffer Split() => new(_maxFrame, Unread);

    /// <summary>Gives the memory back, if nothing waits. No frame may be in use.</summary>
    public void Release()
    {
        if (IsEmpty && _bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = [];
            _start = _end = 0;
        }
    }

    private void MoveTo(byte[] destination)
    {
        var unread = Unread;
        unread.CopyTo(destination);
        var length = unread.Length;
        if (_bytes.Length > 0 && !ReferenceEquals(_bytes, destination))
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        _bytes = destination;
        _start = 0;
        _end = length;
    }
}
