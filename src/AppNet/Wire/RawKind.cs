namespace AppNet.Wire;

/// <summary>What the elements of a raw segment are. docs/protocol.md, section 11. Little-endian, not aligned.</summary>
internal enum RawKind : byte
{
    /// <summary>Bytes; as JSON one string in base64.</summary>
    Bytes = 0,

    /// <summary>Signed, 8 bits.</summary>
    Int8 = 1,

    /// <summary>Signed, 16 bits.</summary>
    Int16 = 2,

    /// <summary>Unsigned, 16 bits.</summary>
    UInt16 = 3,

    /// <summary>Signed, 32 bits.</summary>
    Int32 = 4,

    /// <summary>Unsigned, 32 bits.</summary>
    UInt32 = 5,

    /// <summary>Signed, 64 bits.</summary>
    Int64 = 6,

    /// <summary>Unsigned, 64 bits.</summary>
    UInt64 = 7,

    /// <summary>IEEE 754, 32 bits.</summary>
    Float32 = 8,

    /// <summary>IEEE 754, 64 bits.</summary>
    Float64 = 9,
}
