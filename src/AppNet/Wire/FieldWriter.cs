using System.Buffers.Binary;
using System.Text;

namespace AppNet.Wire;

/// <summary>Writes a block of header fields into memory of the caller's. docs/protocol.md, section 2.3.</summary>
internal ref struct FieldWriter
{
    /// <summary>Enough for every field at its longest: a tag of 512 bytes and a trace state of 512.</summary>
    public const int MaxSize = 1_280;

    /// <summary>The longest trace state that travels, in bytes: what W3C trace context asks to be kept.</summary>
    public const int MaxTraceState = 512;

    private readonly Span<byte> _destination;
    private int _written;

    /// <summary>Begins a block.</summary>
    /// <param name="destination">At least <see cref="MaxSize"/> bytes.</param>
    public FieldWriter(Span<byte> destination)
    {
        _destination = destination;
        _written = FieldReader.PrefixSize;
    }

    /// <summary>Adds a field.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="length">The length of its value.</param>
    /// <returns>Where the value goes.</returns>
    public Span<byte> Add(FieldKind kind, int length)
    {
        var field = _destination.Slice(_written, FieldReader.FieldPrefixSize + length);
        field[0] = (byte)kind;
        BinaryPrimitives.WriteUInt16LittleEndian(field[1..], (ushort)length);
        _written += field.Length;
        return field[FieldReader.FieldPrefixSize..];
    }

    /// <summary>Adds a field of text.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="text">The text.</param>
    public void Add(FieldKind kind, string text) => Encoding.UTF8.GetBytes(text, Add(kind, Encoding.UTF8.GetByteCount(text)));

    /// <summary>Ends the block.</summary>
    /// <returns>The block with its length in front; empty when it has no field.</returns>
    public readonly ReadOnlySpan<byte> End()
    {
        if (_written == FieldReader.PrefixSize)
        {
            return default;
        }

        BinaryPrimitives.WriteUInt16LittleEndian(_destination, (ushort)(_written - FieldReader.PrefixSize));
        return _destination[.._written];
    }
}
