using System.Text.Json;

namespace AppNet.Connections;

/// <summary>A JSON string in base64, or null.</summary>
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
}

/// <summary>A JSON string in base64; null is read as empty.</summary>
internal sealed class ByteMemoryCodec : ValueCodec<ReadOnlyMemory<byte>>
{
    /// <inheritdoc/>
    public override void Write(ref ValueWriter writer, ReadOnlyMemory<byte> value) =>
        writer.Json.WriteBase64StringValue(value.Span);

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Read(ref ValueReader reader) =>
        reader.Json.TokenType == JsonTokenType.Null ? default : reader.Json.GetBytesFromBase64();
}
