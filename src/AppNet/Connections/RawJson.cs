using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using AppNet.Wire;

namespace AppNet.Connections;

/// <summary>Raw segments and the JSON that they stand for. docs/protocol.md, section 11.</summary>
internal static class RawJson
{
    /// <summary>Reads a value that came as a segment. The reader stands on its place in the JSON.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="reader">The JSON.</param>
    /// <param name="codec">How it is read.</param>
    /// <param name="kind">What the elements are.</param>
    /// <param name="bytes">The elements.</param>
    /// <returns>The value.</returns>
    /// <exception cref="JsonException">Its place is not empty.</exception>
    public static T InPlace<T>(ref ValueReader reader, ValueCodec<T> codec, RawKind kind, ReadOnlySpan<byte> bytes) =>
        reader.Json.TokenType == JsonTokenType.Null
            ? codec.ReadRaw(kind, bytes, reader.Options)
            : throw new JsonException("The value is there as JSON and as a raw segment.");

    /// <summary>Returns the JSON that a segment stands for.</summary>
    /// <param name="kind">What the elements are.</param>
    /// <param name="bytes">The elements.</param>
    /// <param name="options">The options of the peer.</param>
    /// <returns>A string in base64, or an array of numbers.</returns>
    public static byte[] Of(RawKind kind, ReadOnlySpan<byte> bytes, JsonSerializerOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            var writer = new ValueWriter(json, options);
            Write(ref writer, kind, bytes);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Returns arguments with all segments in their places.</summary>
    /// <param name="raw">The payload.</param>
    /// <param name="isNamed">Whether the last element is an object of the arguments given by name.</param>
    /// <param name="options">The options of the peer.</param>
    /// <returns>A JSON array.</returns>
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="InvalidOperationException">It is no array.</exception>
    public static byte[] Expand(in RawPayload raw, bool isNamed, JsonSerializerOptions options)
    {
        using var document = JsonDocument.Parse(raw.Json.ToArray(), new JsonDocumentOptions { MaxDepth = WireLimits.MaxJsonDepth });
        var last = document.RootElement.GetArrayLength() - 1;
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            var writer = new ValueWriter(json, options);
            json.WriteStartArray();
            for (var i = 0; i <= last; i++)
            {
                var argument = document.RootElement[i];
                if (isNamed && i == last && argument.ValueKind == JsonValueKind.Object)
                {
                    WriteNamed(ref writer, in raw, argument, i);
                }
                else
                {
                    WriteValue(ref writer, in raw, argument, i);
                }
            }

            json.WriteEndArray();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteNamed(ref ValueWriter writer, in RawPayload raw, JsonElement names, int position)
    {
        writer.Json.WriteStartObject();
        foreach (var named in names.EnumerateObject())
        {
            writer.Json.WritePropertyName(named.Name);
            WriteValue(ref writer, in raw, named.Value, position++);
        }

        writer.Json.WriteEndObject();
    }

    private static void WriteValue(ref ValueWriter writer, in RawPayload raw, JsonElement value, int position)
    {
        if (!raw.TryGet(position, out var kind, out var bytes))
        {
            value.WriteTo(writer.Json);
        }
        else if (value.ValueKind == JsonValueKind.Null)
        {
            Write(ref writer, kind, bytes);
        }
        else
        {
            throw new JsonException("The value is there as JSON and as a raw segment.");
        }
    }

    private static void Write(ref ValueWriter writer, RawKind kind, ReadOnlySpan<byte> bytes)
    {
        if (kind == RawKind.Bytes)
        {
            writer.Json.WriteBase64StringValue(bytes);
            return;
        }

        // A copy: in the frame the elements are not aligned, and in the wire's order.
        var elements = bytes.ToArray();
        kind.ToWireOrder(elements);
        switch (kind)
        {
            case RawKind.Int8:
                WriteAll(ref writer, elements, ValueCodecs.SByte);
                break;
            case RawKind.Int16:
                WriteAll(ref writer, elements, ValueCodecs.Int16);
                break;
            case RawKind.UInt16:
                WriteAll(ref writer, elements, ValueCodecs.UInt16);
                break;
            case RawKind.Int32:
                WriteAll(ref writer, elements, ValueCodecs.Int32);
                break;
            case RawKind.UInt32:
                WriteAll(ref writer, elements, ValueCodecs.UInt32);
                break;
            case RawKind.Int64:
                WriteAll(ref writer, elements, ValueCodecs.Int64);
                break;
            case RawKind.UInt64:
                WriteAll(ref writer, elements, ValueCodecs.UInt64);
                break;
            case RawKind.Float32:
                WriteAll(ref writer, elements, ValueCodecs.Single);
                break;
            default:
                WriteAll(ref writer, elements, ValueCodecs.Double);
                break;
        }
    }

    private static void WriteAll<T>(ref ValueWriter writer, byte[] elements, ValueCodec<T> codec)
        where T : struct =>
        ListCodec<T>.WriteElements(ref writer, MemoryMarshal.Cast<byte, T>(elements), codec);
}
