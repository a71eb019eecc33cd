using System.Buffers;

namespace AppNet.Links;

/// <summary>Frames put one behind the other, to be sent at once. Not safe for use from many threads.</summary>
internal sealed class SendQueue
{
    private const int ChunkSize = 32 * 1024;

    private readonly List<byte[]> _chunks = [];
    private int _room;

    /// <summary>Gets the bytes, gathered from several arrays.</summary>
    public List<ArraySegment<byte>> Segments { get; } = [];

    /// <summary>Gets the number of bytes.</summary>
    public long Length { get; private set; }

    /// <summary>Gets who has added bytes that stay where they are; 0 when all bytes are copies.</summary>
    public int ReferenceOwner { get; private set; }

    /// <summary>Adds bytes at the end.</summary>
    /// <param name="bytes">The bytes, which are copied.</param>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        Length += bytes.Length;
        while (!bytes.IsEmpty)
        {
            if (_room == 0)
            {
                AddChunk(bytes.Length);
            }

            var last = Segments[^1];
            var count = Math.Min(_room, bytes.Length);
            bytes[..count].CopyTo(last.Array.AsSpan(last.Offset + last.Count));
            Segments[^1] = new ArraySegment<byte>(last.Array!, last.Offset, last.Count + count);
            _room -= count;
            bytes = bytes[count..];
        }
    }

    /// <summary>
    /// Adds bytes at the end that stay where they are. They must not change until they are sent, or until
    /// <see cref="CopyReferences"/>.
    /// </summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="owner">Who sees to it that they are copied in time.</param>
    public void AppendReference(ArraySegment<byte> bytes, int owner)
    {
        Length += bytes.Count;
        Segments.Add(bytes);
        ReferenceOwner = owner;
        _room = 0;
    }

    /// <summary>Copies the bytes that still stay elsewhere.</summary>
    public void CopyReferences()
    {
        for (var i = 0; ReferenceOwner != 0 && i < Segments.Count; i++)
        {
            var segment = Segments[i];
            if (!_chunks.Contains(segment.Array!))
            {
                var copy = ArrayPool<byte>.Shared.Rent(segment.Count);
                segment.AsSpan().CopyTo(copy);
                _chunks.Add(copy);
                Segments[i] = new ArraySegment<byte>(copy, 0, segment.Count);
                _room = i == Segments.Count - 1 ? 0 : _room;
            }
        }

        ReferenceOwner = 0;
    }

    /// <summary>Takes bytes from the front that are sent.</summary>
    /// <param name="count">How many; at most <see cref="Length"/>.</param>
    public void Consume(long count)
    {
        Length -= count;
        var whole = 0;
        while (whole < Segments.Count && Segments[whole].Count <= count)
        {
            count -= Segments[whole].Count;
            whole++;
        }

        Segments.RemoveRange(0, whole);
        if (count > 0)
        {
            Segments[0] = Segments[0].Slice((int)count);
        }
    }

    /// <summary>Forgets all bytes and gives the memory back.</summary>
    public void Clear()
    {
        foreach (var chunk in _chunks)
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }

        _chunks.Clear();
        Segments.Clear();
        Length = 0;
        ReferenceOwner = 0;
        _room = 0;
    }

    private void AddChunk(int wanted)
    {
        var chunk = ArrayPool<byte>.Shared.Rent(Math.Max(ChunkSize, wanted));
        _chunks.Add(chunk);
        Segments.Add(new ArraySegment<byte>(chunk, 0, 0));
        _room = chunk.Length;
    }
}
