using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Text.Json;

namespace AppNet.Connections;

/// <summary>
/// The codecs of the simple types, and the ways to build others from them. They write what <c>System.Text.Json</c> writes by
/// default, so that either side may use either. See docs/protocol.md, section 6.5. For generated code.
/// </summary>
/// <remarks>Those of reference types write and read null as well; whether it is welcome is not theirs to know.</remarks>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "Each is named for the type it writes.")]
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ValueCodecs
{
    /// <summary>Gets the codec of <see cref="bool"/>.</summary>
    public static ValueCodec<bool> Boolean { get; } = new BooleanCodec();

    /// <summary>Gets the codec of <see cref="char"/>.</summary>
    public static ValueCodec<char> Char { get; } = new CharCodec();

    /// <summary>Gets the codec of <see cref="string"/>.</summary>
    public static ValueCodec<string> String { get; } = new StringCodec();

    /// <summary>Gets the codec of <see cref="byte"/>.</summary>
    public static ValueCodec<byte> Byte { get; } = new ByteCodec();

    /// <summary>Gets the codec of <see cref="sbyte"/>.</summary>
    public static ValueCodec<sbyte> SByte { get; } = new SByteCodec();

    /// <summary>Gets the codec of <see cref="short"/>.</summary>
    public static ValueCodec<short> Int16 { get; } = new Int16Codec();

    /// <summary>Gets the codec of <see cref="ushort"/>.</summary>
    public static ValueCodec<ushort> UInt16 { get; } = new UInt16Codec();

    /// <summary>Gets the codec of <see cref="int"/>.</summary>
    public static ValueCodec<int> Int32 { get; } = new Int32Codec();

    /// <summary>Gets the codec of <see cref="uint"/>.</summary>
    public static ValueCodec<uint> UInt32 { get; } = new UInt32Codec();

    /// <summary>Gets the codec of <see cref="long"/>.</summary>
    public static ValueCodec<long> Int64 { get; } = new Int64Codec();

    /// <summary>Gets the codec of <see cref="ulong"/>.</summary>
    public static ValueCodec<ulong> UInt64 { get; } = new UInt64Codec();

    /// <summary>Gets the codec of <see cref="decimal"/>.</summary>
    public static ValueCodec<decimal> Decimal { get; } = new DecimalCodec();

    /// <summary>Gets the codec of <see cref="float"/>; what is no number goes as the strings NaN, Infinity and -Infinity.</summary>
    public static ValueCodec<float> Single { get; } = new SingleCodec();

    /// <summary>Gets the codec of <see cref="double"/>; what is no number goes as the strings NaN, Infinity and -Infinity.</summary>
    public static ValueCodec<double> Double { get; } = new DoubleCodec();

    /// <summary>Gets the codec of <see cref="BigInteger"/>.</summary>
    public static ValueCodec<BigInteger> BigInteger { get; } = new BigIntegerCodec();

    /// <summary>Gets the codec of <see cref="System.Guid"/>.</summary>
    public static ValueCodec<Guid> Guid { get; } = new GuidCodec();

    /// <summary>Gets the codec of <see cref="System.DateTime"/>.</summary>
    public static ValueCodec<DateTime> DateTime { get; } = new DateTimeCodec();

    /// <summary>Gets the codec of <see cref="System.DateTimeOffset"/>.</summary>
    public static ValueCodec<DateTimeOffset> DateTimeOffset { get; } = new DateTimeOffsetCodec();

    /// <summary>Gets the codec of <see cref="System.DateOnly"/>.</summary>
    public static ValueCodec<DateOnly> DateOnly { get; } = new DateOnlyCodec();

    /// <summary>Gets the codec of <see cref="System.TimeOnly"/>.</summary>
    public static ValueCodec<TimeOnly> TimeOnly { get; } = new TimeOnlyCodec();

    /// <summary>Gets the codec of <see cref="System.TimeSpan"/>.</summary>
    public static ValueCodec<TimeSpan> TimeSpan { get; } = new TimeSpanCodec();

    /// <summary>Gets the codec of <see cref="System.Uri"/>.</summary>
    public static ValueCodec<Uri> Uri { get; } = new UriCodec();

    /// <summary>Gets the codec of an array of bytes.</summary>
    public static ValueCodec<byte[]> ByteArray { get; } = new ByteArrayCodec();

    /// <summary>Gets the codec of a range of bytes.</summary>
    public static ValueCodec<ReadOnlyMemory<byte>> ByteMemory { get; } = new ByteMemoryCodec();

    /// <summary>Gets the codec of a range of bytes that may be written to.</summary>
    public static ValueCodec<Memory<byte>> WritableByteMemory { get; } = new WritableByteMemoryCodec();

    /// <summary>Gets the codec of the result of a function that has none.</summary>
    public static ValueCodec<NoResult> NoResult { get; } = new NoResultCodec();

    /// <summary>Returns the codec of a value that may be missing.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="codec">The codec of the value.</param>
    /// <returns>The codec.</returns>
    public static ValueCodec<T?> Nullable<T>(ValueCodec<T> codec)
        where T : struct => new NullableCodec<T>(codec);

    /// <summary>Returns the codec of an array.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="codec">The codec of the elements.</param>
    /// <returns>The codec.</returns>
    public static ValueCodec<T[]> Array<T>(ValueCodec<T> codec) => new ArrayCodec<T>(codec);

    /// <summary>Returns the codec of a list.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="codec">The codec of the elements.</param>
    /// <returns>The codec.</returns>
    public static ValueCodec<List<T>> List<T>(ValueCodec<T> codec) => new ListCodec<T>(codec);

    /// <summary>Returns the codec of an enumeration, which goes as its number.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <returns>The codec.</returns>
    public static ValueCodec<T> Enum<T>()
        where T : struct, Enum => Type.GetTypeCode(typeof(T)) switch
        {
            TypeCode.Byte => new EnumCodec<T, byte>(Byte),
            TypeCode.SByte => new EnumCodec<T, sbyte>(SByte),
            TypeCode.Int16 => new EnumCodec<T, short>(Int16),
            TypeCode.UInt16 => new EnumCodec<T, ushort>(UInt16),
            TypeCode.UInt32 => new EnumCodec<T, uint>(UInt32),
            TypeCode.Int64 => new EnumCodec<T, long>(Int64),
            TypeCode.UInt64 => new EnumCodec<T, ulong>(UInt64),
            _ => new EnumCodec<T, int>(Int32),
        };

    /// <summary>Returns the codec of a delegate that is called back.</summary>
    /// <typeparam name="T">The delegate.</typeparam>
    /// <param name="definition">How calls of it are described.</param>
    /// <returns>The codec.</returns>
    public static ValueCodec<T> Callback<T>(ContractDefinition<T> definition)
        where T : class => new CallbackCodec<T>(definition);

    /// <summary>Returns the codec of a contract whose implementation is called back.</summary>
    /// <typeparam name="T">The interface.</typeparam>
    /// <returns>The codec.</returns>
    public static ValueCodec<T> Contract<T>()
        where T : class => new CallbackCodec<T>(ContractCatalogue.Get<T>);

    /// <summary>Gets the codec of a stream of bytes, as parameter or as result.</summary>
    public static ValueCodec<Stream> ByteStream { get; } = new ByteStreamCodec();

    /// <summary>Returns the codec of a stream of items, as parameter or as result.</summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="codec">The codec of the items.</param>
    /// <returns>The codec.</returns>
    public static ValueCodec<IAsyncEnumerable<T>> Sequence<T>(ValueCodec<T> codec) => new SequenceCodec<T>(codec);

    /// <summary>Returns the codec of who is told of progress, as parameter.</summary>
    /// <typeparam name="T">The type of the reports.</typeparam>
    /// <param name="codec">The codec of the reports.</param>
    /// <returns>The codec.</returns>
    public static ValueCodec<IProgress<T>> Progress<T>(ValueCodec<T> codec) => new ProgressCodec<T>(codec);

    /// <summary>Returns the codec of any other type: through the peer's <see cref="JsonSerializerOptions"/>.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <returns>The codec.</returns>
    public static ValueCodec<T> Json<T>() => JsonCodec<T>.Instance;
}
