using System.Buffers.Binary;

namespace AppNet.Wire;

/// <summary>The table in front of a payload with raw segments. docs/protocol.md, section 11.</summary>
internal static class RawTable
{
    /// <summary>The most segments of one payload.</summary>
    public const int MaxSegments = 255;

    /// <summary>The bytes of one entry.</summary>
    public const int EntrySize = 8;

    /// <summary>The longest table.</summary>
    public const int MaxSize = 1 + (MaxSegments * EntrySize);

    /// <summary>Returns how long the table is.</summary>
    /// <param name="count">The number of segments.</param>
    /// <returns>The bytes; none when there is no segment.</returns>
    public static int SizeOf(int count) => count == 0 ? 0 : 1 + (count * EntrySize);

    /// <summary>Writes the table.</summary>
    /// <param name="segments">The segments, at most <see cref="MaxSegments"/>, in the order of their positions.</param>
    /// <param name="destination">Where it goes: <see cref="SizeOf"/> bytes.</param>
    public static void Write(ReadOnlySpan<RawSegment> segments, Span<byte> destination)
    {
        destination[0] = (byte)segments.Length;
        var entry = destination[1..];
        foreach (ref readonly var segment in segments)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(entry, segment.Position);
            entry[2] = (byte)segment.Kind;
            entry[3] = 0;
            BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], (uint)segment.Length);
            entry = entry[EntrySize..];
        }
    }
}
