using System.Runtime.InteropServices;
using System.Text.Json;
using AppNet.Wire;

namespace AppNet.Connections;

/// <summary>A raw segment, a JSON string in base64, or null.</summary>
internal sealed class ByteArrayCodec : ValueCodec<byte[]>
{
    /// <inheritdoc/>
    public override void Write(ref ValueWriter writer, byte[] value)
    {
        if (value is null)
        {
            writer.Json.WriteNullValue();
        }
        else
        {
            writer.Json.WriteBase64StringValue(value);
        }
    }

    /// <inheritdoc/>
    public override byte[] Read(ref ValueReader reader) =>
        reader.Json.TokenType == JsonTokenType.Null ? null! : reader.Json.GetBytesFromBase64();

    /// <inheritdoc/>
    internal override bool TryWriteRaw(PayloadBuffer payload, int position, byte[] value) =>
        value is not null && payload.TryAddSegment(position, RawKind.Bytes, value, 0, value.Length);

    /// <inheritdoc/>
    internal override byte[] ReadRaw(RawKind kind, ReadOnlySpan<byte> bytes, JsonSerializerOptions options)
    {
        if (kind != RawKind.Bytes)
        {
            return base.ReadRaw(kind, bytes, options);
        }

        var value = GC.AllocateUninitializedArray<byte>(bytes.Length);
        bytes.CopyTo(value);
        return value;
    }
}

/// <summary>A raw segment, or a JSON string in base64; null is read as empty.</summary>
internal sealed class ByteMemoryCodec : ValueCodec<ReadOnlyMemory<byte>>
{
    /// <inheritdoc/>
    public override void Write(ref ValueWriter writer, ReadOnlyMemory<byte> value) =>
        writer.Json.WriteBase64StringValue(value.Span);

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Read(ref ValueReader reader) =>
        reader.Json.TokenType == JsonTokenType.Null ? default : reader.Json.GetBytesFromBase64();

    /// <inheritdoc/>
    internal override bool TryWriteRaw(PayloadBuffer payload, int position, ReadOnlyMemory<byte> value)
    {
        // Memory that is no array's may be gone when it is sent.
        var bytes = MemoryMarshal.TryGetArray(value, out var array) ? array : new ArraySegment<byte>(value.ToArray());
        return payload.TryAddSegment(position, RawKind.Bytes, bytes.Array ?? [], bytes.Offset, bytes.Count);
    }

    /// <inheritdoc/>
    internal override ReadOnlyMemory<byte> ReadRaw(RawKind kind, ReadOnlySpan<byte> bytes, JsonSerializerOptions options) =>
        ValueCodecs.ByteArray.ReadRaw(kind, bytes, options);
}

/// <summary>As <see cref="ByteMemoryCodec"/>, of memory that may be written to.</summary>
internal sealed class WritableByteMemoryCodec : ValueCodec<Memory<byte>>
{
    /// <inheritdoc/>
    public override void Write(ref ValueWriter writer, Memory<byte> value) => ValueCodecs.ByteMemory.Write(ref writer, value);

    /// <inheritdoc/>
    public override Memory<byte> Read(ref ValueReader reader) =>
        reader.Json.TokenType == JsonTokenType.Null ? default : reader.Json.GetBytesFromBase64();

    /// <inheritdoc/>
    internal override bool TryWriteRaw(PayloadBuffer payload, int position, Memory<byte> value) =>
        ValueCodecs.ByteMemory.TryWriteRaw(payload, position, value);

    /// <inheritdoc/>
    internal override Memory<byte> ReadRaw(RawKind kind, ReadOnlySpan<byte> bytes, JsonSerializerOptions options) =>
        ValueCodecs.ByteArray.ReadRaw(kind, bytes, options);
}
