using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using AppNet.Wire;

namespace AppNet.Connections;

/// <summary>Null, or what another codec writes.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <param name="codec">The codec of the value.</param>
internal sealed class NullableCodec<T>(ValueCodec<T> codec) : ValueCodec<T?>
    where T : struct
{
    /// <inheritdoc/>
    public override void Write(ref ValueWriter writer, T? value)
    {
        if (value is T present)
        {
            codec.Write(ref writer, present);
        }
        else
        {
            writer.Json.WriteNullValue();
        }
    }

    /// <inheritdoc/>
    public override T? Read(ref ValueReader reader) =>
        reader.Json.TokenType == JsonTokenType.Null ? null : codec.Read(ref reader);

    /// <inheritdoc/>
    internal override bool TryWriteRaw(PayloadBuffer payload, int position, T? value) =>
        value is T present && codec.TryWriteRaw(payload, position, present);

    /// <inheritdoc/>
    internal override T? ReadRaw(RawKind kind, ReadOnlySpan<byte> bytes, JsonSerializerOptions options) =>
        codec.ReadRaw(kind, bytes, options);
}

/// <summary>A JSON array, or null; of numbers also a raw segment.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <param name="codec">The codec of the elements.</param>
internal sealed class ArrayCodec<T>(ValueCodec<T> codec) : ValueCodec<T[]>
{
    private static readonly RawKind? Kind = RawKinds.Of(typeof(T));

    private readonly ListCodec<T> _list = new(codec);

    /// <inheritdoc/>
    public override void Write(ref ValueWriter writer, T[] value)
    {
        if (value is null)
        {
            writer.Json.WriteNullValue();
        }
        else
        {
            ListCodec<T>.WriteElements(ref writer, value, codec);
        }
    }

    /// <inheritdoc/>
    public override T[] Read(ref ValueReader reader) => _list.Read(ref reader)?.ToArray()!;

    /// <inheritdoc/>
    internal override bool TryWriteRaw(PayloadBuffer payload, int position, T[] value) =>
        Kind is { } kind && value is not null && payload.TryAddSegment(position, kind, value, 0, Buffer.ByteLength(value));

    /// <inheritdoc/>
    internal override T[] ReadRaw(RawKind kind, ReadOnlySpan<byte> bytes, JsonSerializerOptions options)
    {
        if (kind != Kind)
        {
            return base.ReadRaw(kind, bytes, options);
        }

        var elements = GC.AllocateUninitializedArray<T>(bytes.Length / kind.ElementSize());
        Span<byte> memory = MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference((Array)elements), bytes.Length);
        bytes.CopyTo(memory);
        kind.ToWireOrder(memory);
        return elements;
    }
}

/// <summary>A JSON array, or null.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <param name="codec">The codec of the elements.</param>
internal sealed class ListCodec<T>(ValueCodec<T> codec) : ValueCodec<List<T>>
{
    /// <inheritdoc/>
    public override void Write(ref ValueWriter writer, List<T> value)
    {
        if (value is null)
        {
            writer.Json.WriteNullValue();
            return;
        }

        // Not over the list's span: user code that runs for an element may change the list.
        writer.Json.WriteStartArray();
        foreach (T element in value)
        {
            codec.Write(ref writer, element);
        }

        writer.Json.WriteEndArray();
    }

    /// <inheritdoc/>
    public override List<T> Read(ref ValueReader reader)
    {
        if (reader.Json.TokenType == JsonTokenType.Null)
        {
            return null!;
        }

        if (reader.Json.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("An array is expected.");
        }

        List<T> elements = [];
        while (reader.Json.Read() && reader.Json.TokenType != JsonTokenType.EndArray)
        {
            elements.Add(codec.Read(ref reader));
        }

        return elements;
    }

    internal static void WriteElements(ref ValueWriter writer, ReadOnlySpan<T> elements, ValueCodec<T> codec)
    {
        writer.Json.WriteStartArray();
        foreach (T element in elements)
        {
            codec.Write(ref writer, element);
        }

        writer.Json.WriteEndArray();
    }
}

/// <summary>The JSON number behind an enumeration's member, known or not.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
/// <typeparam name="TNumber">The type behind it.</typeparam>
/// <param name="codec">The codec of the number.</param>
internal sealed class EnumCodec<T, TNumber>(ValueCodec<TNumber> codec) : ValueCodec<T>
    where T : struct, Enum
    where TNumber : struct
{
    /// <inheritdoc/>
    public override void Write(ref ValueWriter writer, T value) =>
        codec.Write(ref writer, Unsafe.BitCast<T, TNumber>(value));

    /// <inheritdoc/>
    public override T Read(ref ValueReader reader) => Unsafe.BitCast<TNumber, T>(codec.Read(ref reader));
}
