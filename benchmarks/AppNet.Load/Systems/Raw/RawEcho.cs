namespace AppNet.Load.Systems.Raw;

/// <summary>The buffer of one link: bytes come in at its end, complete frames go out at its beginning.</summary>
/// <param name="initialLength">The buffer's length until a frame needs more.</param>
internal sealed class RawEcho(int initialLength)
{
    private byte[] _buffer = new byte[initialLength];
    private int _used;
    private int _complete;

    /// <summary>Gets where the next bytes go; never empty.</summary>
    public Memory<byte> Free => _buffer.AsMemory(_used);

    /// <summary>Gets whether no frame has been begun.</summary>
    public bool IsEmpty => _used == 0;

    /// <summary>Takes what was received into <see cref="Free"/>.</summary>
    /// <param name="count">How many bytes.</param>
    /// <returns>All complete frames, to be sent back before <see cref="Sent"/>; empty while there is none.</returns>
    public ReadOnlyMemory<byte> Take(int count)
    {
        _used += count;
        _complete = RawFrame.MeasureComplete(_buffer.AsSpan(0, _used), out var needed);
        if (_complete == 0 && needed > _buffer.Length)
        {
            Array.Resize(ref _buffer, needed);
        }

        return _buffer.AsMemory(0, _complete);
    }

    /// <summary>Forgets the frames that were sent back and moves the beginning of the next one to the front.</summary>
    public void Sent()
    {
        _buffer.AsSpan(_complete, _used - _complete).CopyTo(_buffer);
        _used -= _complete;
        _complete = 0;
    }
}
