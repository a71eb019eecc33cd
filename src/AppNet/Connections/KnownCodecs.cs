using AppNet.Wire;

namespace AppNet.Connections;

/// <summary>Finds codecs by types that are known only at run time.</summary>
internal static class KnownCodecs
{
    private static readonly Dictionary<Type, BoxedCodec> ByType = new BoxedCodec[]
    {
        new BoxedCodec<bool>(ValueCodecs.Boolean),
        new BoxedCodec<char>(ValueCodecs.Char),
        new BoxedCodec<string>(ValueCodecs.String),
        new BoxedCodec<byte>(ValueCodecs.Byte),
        new BoxedCodec<sbyte>(ValueCodecs.SByte),
        new BoxedCodec<short>(ValueCodecs.Int16),
        new BoxedCodec<ushort>(ValueCodecs.UInt16),
        new BoxedCodec<int>(ValueCodecs.Int32),
        new BoxedCodec<uint>(ValueCodecs.UInt32),
        new BoxedCodec<long>(ValueCodecs.Int64),
        new BoxedCodec<ulong>(ValueCodecs.UInt64),
        new BoxedCodec<float>(ValueCodecs.Single),
        new BoxedCodec<double>(ValueCodecs.Double),
        new BoxedCodec<decimal>(ValueCodecs.Decimal),
        new BoxedCodec<System.Numerics.BigInteger>(ValueCodecs.BigInteger),
        new BoxedCodec<Guid>(ValueCodecs.Guid),
        new BoxedCodec<DateTime>(ValueCodecs.DateTime),
        new BoxedCodec<DateTimeOffset>(ValueCodecs.DateTimeOffset),
        new BoxedCodec<DateOnly>(ValueCodecs.DateOnly),
        new BoxedCodec<TimeOnly>(ValueCodecs.TimeOnly),
        new BoxedCodec<TimeSpan>(ValueCodecs.TimeSpan),
        new BoxedCodec<Uri>(ValueCodecs.Uri),
        new BoxedCodec<byte[]>(ValueCodecs.ByteArray),
        new BoxedCodec<ReadOnlyMemory<byte>>(ValueCodecs.ByteMemory),
        new BoxedCodec<Memory<byte>>(ValueCodecs.WritableByteMemory),
        new BoxedCodec<sbyte[]>(ValueCodecs.Array(ValueCodecs.SByte)),
        new BoxedCodec<short[]>(ValueCodecs.Array(ValueCodecs.Int16)),
        new BoxedCodec<ushort[]>(ValueCodecs.Array(ValueCodecs.UInt16)),
        new BoxedCodec<int[]>(ValueCodecs.Array(ValueCodecs.Int32)),
        new BoxedCodec<uint[]>(ValueCodecs.Array(ValueCodecs.UInt32)),
        new BoxedCodec<long[]>(ValueCodecs.Array(ValueCodecs.Int64)),
        new BoxedCodec<ulong[]>(ValueCodecs.Array(ValueCodecs.UInt64)),
        new BoxedCodec<float[]>(ValueCodecs.Array(ValueCodecs.Single)),
        new BoxedCodec<double[]>(ValueCodecs.Array(ValueCodecs.Double)),
        new BoxedCodec<NoResult>(ValueCodecs.NoResult),
        new BoxedCodec<System.Text.Json.JsonElement>(JsonElementCodec.Instance),
    }.ToDictionary(codec => codec.Type);

    /// <summary>Returns the codec of a type: its own, or the one through the peer's options.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <returns>The codec.</returns>
    public static ValueCodec<T> Of<T>() =>
        ByType.GetValueOrDefault(typeof(T)) is BoxedCodec<T> known ? known.Codec
        : KnownStreams.Of(typeof(T)) as ValueCodec<T> ?? ValueCodecs.Json<T>();

    /// <summary>Returns what writes boxed values of a type, or null when the type has no codec of its own.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The codec.</returns>
    public static BoxedCodec? Find(Type type) => ByType.GetValueOrDefault(type);
}

/// <summary>Writes values that are boxed.</summary>
internal abstract class BoxedCodec
{
    /// <summary>Gets the type of the values.</summary>
    public abstract Type Type { get; }

    /// <summary>Writes one value.</summary>
    /// <param name="writer">Where it goes.</param>
    /// <param name="value">The value.</param>
    public abstract void Write(ref ValueWriter writer, object value);

    /// <summary>As <see cref="ValueCodec{T}.TryWriteRaw"/>.</summary>
    /// <param name="payload">Where it goes.</param>
    /// <param name="position">Which value it is.</param>
    /// <param name="value">The value.</param>
    /// <returns>False when it must go as JSON.</returns>
    public abstract bool TryWriteRaw(PayloadBuffer payload, int position, object value);
}

/// <inheritdoc/>
/// <typeparam name="T">The type of the values.</typeparam>
internal sealed class BoxedCodec<T>(ValueCodec<T> codec) : BoxedCodec
{
    /// <summary>Gets the codec of values that are not boxed.</summary>
    public ValueCodec<T> Codec => codec;

    /// <inheritdoc/>
    public override Type Type => typeof(T);

    /// <inheritdoc/>
    public override void Write(ref ValueWriter writer, object value) => codec.Write(ref writer, (T)value);

    /// <inheritdoc/>
    public override bool TryWriteRaw(PayloadBuffer payload, int position, object value) =>
        codec.TryWriteRaw(payload, position, (T)value);
}
