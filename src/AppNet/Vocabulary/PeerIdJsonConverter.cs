using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AppNet;

/// <summary>Writes a <see cref="PeerId"/> as its base64, as a value or as a key. The empty id is the empty text.</summary>
/// <remarks>Public so that code which the user's own <see cref="JsonSerializerContext"/> generates can make one.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PeerIdJsonConverter : JsonConverter<PeerId>
{
    /// <inheritdoc/>
    public override PeerId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? Parse(reader.GetString()!)
            : throw new JsonException("A peer id is a text.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, PeerId value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Span<byte> buffer = stackalloc byte[PeerIdText.MaxBase64Length];
        _ = value.TryFormat(buffer, out var length, format: default, provider: null);
        writer.WriteStringValue(buffer[..length]);
    }

    /// <inheritdoc/>
    public override PeerId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Parse(reader.GetString()!);

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, PeerId value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WritePropertyName(value.ToString());
    }

    private static PeerId Parse(string text)
    {
        try
        {
            return text.Length == 0 ? default : PeerId.Parse(text);
        }
        catch (FormatException problem)
        {
            throw new JsonException(problem.Message, problem);
        }
    }
}
