using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using AppNet.Connections;

namespace AppNet.Peers;

/// <summary>What <c>pass_through</c> returns for its arguments: their JSON, untouched.</summary>
internal static class PassedThrough
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    /// <summary>Returns a single argument by position, or all as <c>[args, kwargs]</c>.</summary>
    /// <param name="arguments">The arguments, unread.</param>
    /// <returns>The value.</returns>
    /// <exception cref="NetException"><see cref="NetError.BadArguments"/>: they are no JSON array.</exception>
    public static JsonElement Of(ref ArgumentReader arguments)
    {
        var all = Parse(ref arguments);
        var named = arguments.IsNamed && all is [.., { ValueKind: JsonValueKind.Object }] ? all[^1] : (JsonElement?)null;
        var positional = named is null ? all : all[..^1];
        return positional is [var single] ? single : Both(positional, named);
    }

    private static JsonElement[] Parse(ref ArgumentReader arguments)
    {
        if (arguments.Payload.IsEmpty)
        {
            return [];
        }

        try
        {
            // Copied: the payload is the link's, the value outlives the call's frame.
            using var document = JsonDocument.Parse(arguments.Payload.ToArray(), Options);
            return [.. document.RootElement.Clone().EnumerateArray()];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new NetException(NetError.BadArguments, "The arguments of 'pass_through' are no JSON array.", exception);
        }
    }

    private static JsonElement Both(JsonElement[] positional, JsonElement? named)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            writer.WriteStartArray();
            foreach (var argument in positional)
            {
                writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(argument), skipInputValidation: true);
            }

            writer.WriteEndArray();
            if (named is { } names)
            {
                writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(names), skipInputValidation: true);
            }
            else
            {
                writer.WriteStartObject();
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        var reader = new Utf8JsonReader(buffer.WrittenSpan, new JsonReaderOptions { MaxDepth = 66 });
        return JsonElement.ParseValue(ref reader);
    }
}
