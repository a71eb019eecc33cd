namespace AppNet.Wire;

/// <summary>What is known of each kind of raw segment.</summary>
internal static class RawKinds
{
    /// <summary>Returns the size of an element.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>The bytes of one element; 0 for an unknown kind.</returns>
    public static int ElementSize(this RawKind kind) => kind switch
    {
        RawKind.Bytes or RawKind.Int8 => 1,
        RawKind.Int16 or RawKind.UInt16 => 2,
        RawKind.Int32 or RawKind.UInt32 or RawKind.Float32 => 4,
        RawKind.Int64 or RawKind.UInt64 or RawKind.Float64 => 8,
        _ => 0,
    };

    /// <summary>Returns the kind in which the numbers of an array travel.</summary>
    /// <param name="element">The type of the elements.</param>
    /// <returns>The kind; null for what is no number of a fixed size. Arrays of bytes have a codec of their own.</returns>
    public static RawKind? Of(Type element) => element switch
    {
        _ when element == typeof(sbyte) => RawKind.Int8,
        _ when element == typeof(short) => RawKind.Int16,
        _ when element == typeof(ushort) => RawKind.UInt16,
        _ when element == typeof(int) => RawKind.Int32,
        _ when element == typeof(uint) => RawKind.UInt32,
        _ when element == typeof(long) => RawKind.Int64,
        _ when element == typeof(ulong) => RawKind.UInt64,
        _ when element == typeof(float) => RawKind.Float32,
        _ when element == typeof(double) => RawKind.Float64,
        _ => null,
    };

    /// <summary>Turns elements between this machine's order of bytes and that of the wire.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="elements">The elements, which are turned in place.</param>
    public static void ToWireOrder(this RawKind kind, Span<byte> elements)
    {
        var size = kind.ElementSize();
        if (BitConverter.IsLittleEndian || size == 1)
        {
            return;
        }

        for (var start = 0; start < elements.Length; start += size)
        {
            elements.Slice(start, size).Reverse();
        }
    }
}
