using System.Buffers.Binary;

namespace AppNet.Wire;

/// <summary>A received payload: its JSON, and the segments that stand for some of its values. docs/protocol.md, section 11.</summary>
internal readonly ref struct RawPayload
{
    private readonly ReadOnlySpan<byte> _table;
    private readonly ReadOnlySpan<byte> _segments;

    private RawPayload(ReadOnlySpan<byte> table, ReadOnlySpan<byte> json, ReadOnlySpan<byte> segments)
    {
        _table = table;
        Json = json;
        _segments = segments;
    }

    /// <summary>Gets the JSON, with null in the place of each value that is a segment.</summary>
    public ReadOnlySpan<byte> Json { get; }

    /// <summary>Gets whether there is no segment.</summary>
    public bool IsEmpty => _table.IsEmpty;

    /// <summary>Takes a payload apart.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="isRaw">Whether it has segments.</param>
    /// <returns>The parts.</returns>
    /// <exception cref="FormatException">The table is malformed, or speaks of more than there is.</exception>
    public static RawPayload Parse(ReadOnlySpan<byte> payload, bool isRaw)
    {
        if (!isRaw)
        {
            return new RawPayload(default, payload, default);
        }

        var size = payload.IsEmpty ? 0 : RawTable.SizeOf(payload[0]);
        if (size == 0 || size > payload.Length)
        {
            throw new FormatException("The table of raw segments is longer than the payload, or empty.");
        }

        var table = payload[1..size];
        var length = Check(table, payload.Length - size);
        return new RawPayload(table, payload[size..^length], payload[^length..]);
    }

    /// <summary>Finds the segment of a value.</summary>
    /// <param name="position">Which value.</param>
    /// <param name="kind">What its elements are.</param>
    /// <param name="bytes">The elements.</param>
    /// <returns>Whether the value is a segment.</returns>
    public bool TryGet(int position, out RawKind kind, out ReadOnlySpan<byte> bytes)
    {
        var start = 0;
        for (var entry = _table; !entry.IsEmpty; entry = entry[RawTable.EntrySize..])
        {
            var length = LengthOf(entry);
            if (BinaryPrimitives.ReadUInt16LittleEndian(entry) == position)
            {
                kind = (RawKind)entry[2];
                bytes = _segments.Slice(start, length);
                return true;
            }

            start += length;
        }

        kind = default;
        bytes = default;
        return false;
    }

    private static int LengthOf(ReadOnlySpan<byte> entry) => (int)BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]);

    private static int Check(ReadOnlySpan<byte> table, int available)
    {
        long sum = 0;
        var last = -1;
        for (var entry = table; !entry.IsEmpty; entry = entry[RawTable.EntrySize..])
        {
            var position = BinaryPrimitives.ReadUInt16LittleEndian(entry);
            var size = ((RawKind)entry[2]).ElementSize();
            var length = BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]);
            sum += length;
            if (position <= last || size == 0 || entry[3] != 0 || length % size != 0 || sum > available)
            {
                throw new FormatException("An entry of the table of raw segments can't be understood, or goes beyond the payload.");
            }

            last = position;
        }

        return (int)sum;
    }
}
