using System.ComponentModel;

namespace AppNet.Connections;

/// <summary>The codecs of the simple types, and the ways to build others from them. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ValueCodecs
{
    // The surface (all static properties / methods), to be filled in by Connections:
    //   Boolean Char String Byte SByte Int16 UInt16 Int32 UInt32 Int64 UInt64 Single Double Decimal BigInteger
    //   Guid DateTime DateTimeOffset DateOnly TimeOnly TimeSpan Uri ByteArray (byte[]) ByteMemory (ReadOnlyMemory<byte>)
    //   NoResult                           : ValueCodec<NoResult>
    //   Nullable<T>(ValueCodec<T>)          : ValueCodec<T?> where T : struct
    //   Array<T>(ValueCodec<T>)             : ValueCodec<T[]>
    //   List<T>(ValueCodec<T>)              : ValueCodec<List<T>>
    //   Enum<T>()                           : ValueCodec<T> where T : struct, Enum
    //   Json<T>()                           : ValueCodec<T>, through JsonSerializerOptions.GetTypeInfo
}
