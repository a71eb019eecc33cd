using System.Runtime.InteropServices;
using System.Text.Json;

namespace AppNet.Connections;

/// <summary>Any value as the JSON that it is, numbers to the last digit.</summary>
internal sealed class JsonElementCodec : ValueCodec<JsonElement>
{
    /// <summary>Gets the one there is.</summary>
    public static JsonElementCodec Instance { get; } = new();

    /// <inheritdoc/>
    public override void Write(ref ValueWriter writer, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined)
        {
            writer.Json.WriteNullValue();
        }
        else
        {
            // As it came: also a number's spelling, and text that .NET can't hold, such as half a pair of surrogates.
            writer.Json.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
        }
    }

    /// <inheritdoc/>
    public override JsonElement Read(ref ValueReader reader) => JsonElement.ParseValue(ref reader.Json);
}

/// <summary>Any value whose type is not known here: null, or a <see cref="JsonElement"/>.</summary>
internal sealed class UnknownValueCodec : ValueCodec<object?>
{
    /// <summary>Gets the one there is.</summary>
    public static UnknownValueCodec Instance { get; } = new();

    /// <inheritdoc/>
    public override void Write(ref ValueWriter writer, object? value) => CallArgument.Codec.Write(ref writer, new CallArgument(value));

    /// <inheritdoc/>
    public override object? Read(ref ValueReader reader)
    {
        var value = JsonElement.ParseValue(ref reader.Json);
        return value.ValueKind == JsonValueKind.Null ? null : value;
    }
}
