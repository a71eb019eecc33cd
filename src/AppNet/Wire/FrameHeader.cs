using System.Buffers.Binary;

namespace AppNet.Wire;

/// <summary>The fixed beginning of every frame: 12 bytes, little-endian. docs/protocol.md, section 2.1.</summary>
/// <param name="Length">The number of bytes that follow the header.</param>
/// <param name="Type">What the frame is.</param>
/// <param name="Flags">How its content is laid out.</param>
/// <param name="Number">A tag's number, an error's or a reason's code; 0 where the type has no use for it.</param>
/// <param name="Id">The call's number; 0 where the type has no use for it.</param>
internal readonly record struct FrameHeader(uint Length, FrameType Type, FrameFlags Flags, ushort Number, uint Id)
{
    /// <summary>The size of a header in bytes.</summary>
    public const int Size = 12;

    /// <summary>Reads a header.</summary>
    /// <param name="source">At least <see cref="Size"/> bytes.</param>
    /// <returns>The header, unchecked.</returns>
    public static FrameHeader Read(ReadOnlySpan<byte> source) => new(
        BinaryPrimitives.ReadUInt32LittleEndian(source),
        (FrameType)source[4],
        (FrameFlags)source[5],
        BinaryPrimitives.ReadUInt16LittleEndian(source[6..]),
        BinaryPrimitives.ReadUInt32LittleEndian(source[8..]));

    /// <summary>Writes the header.</summary>
    /// <param name="destination">At least <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(destination, Length);
        destination[4] = (byte)Type;
        destination[5] = (byte)Flags;
        BinaryPrimitives.WriteUInt16LittleEndian(destination[6..], Number);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[8..], Id);
    }
}
