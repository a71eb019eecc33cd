using System.Buffers.Binary;

namespace AppNet.Wire;

/// <summary>Walks a block of header fields: kind (1 byte), length (2), value. docs/protocol.md, section 2.3.</summary>
internal ref struct FieldReader(ReadOnlySpan<byte> block)
{
    /// <summary>The bytes in front of a block that hold its length.</summary>
    public const int PrefixSize = 2;

    /// <summary>The bytes in front of a field's value.</summary>
    public const int FieldPrefixSize = 3;

    private ReadOnlySpan<byte> _rest = block;

    /// <summary>Gets the kind of the field that was read.</summary>
    public FieldKind Kind { get; private set; }

    /// <summary>Gets the value of the field that was read.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Reads the next field.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="ProtocolException">The block ends inside a field.</exception>
    public bool Read()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        var length = _rest.Length < FieldPrefixSize ? -1 : BinaryPrimitives.ReadUInt16LittleEndian(_rest[1..]);
        if (length < 0 || FieldPrefixSize + length > _rest.Length)
        {
            throw new ProtocolException("A header field is longer than its block.");
        }

        Kind = (FieldKind)_rest[0];
        Value = _rest.Slice(FieldPrefixSize, length);
        _rest = _rest[(FieldPrefixSize + length)..];
        return true;
    }
}
