using System.Buffers;
using System.Text.Json;
using AppNet.Connections;

namespace AppNet.Python.Wires;

/// <summary>Copies strict JSON as Python writes it. docs/python.md.</summary>
internal static class PythonJsonWriter
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 128 };

    /// <summary>Copies a value.</summary>
    /// <param name="json">Strict JSON: one value; nothing stands for null.</param>
    /// <param name="output">Where it goes.</param>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static void Write(ReadOnlySpan<byte> json, IBufferWriter<byte> output)
    {
        var reader = new Utf8JsonReader(json.IsEmpty ? "null"u8 : json, Options);
        var isFirst = true;
        while (reader.Read())
        {
            var isEnd = reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray;
            if (!isFirst && !isEnd)
            {
                output.Write(", "u8);
            }

            WriteToken(ref reader, output);
            isFirst = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray or JsonTokenType.PropertyName;
        }
    }

    private static void WriteToken(ref Utf8JsonReader reader, IBufferWriter<byte> output)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                PythonText.Write(PythonText.Unescape(reader.ValueSpan), output);
                output.Write(": "u8);
                break;
            case JsonTokenType.String:
                WriteText(reader.ValueSpan, output);
                break;
            case JsonTokenType.Number:
                PythonNumber.Write(reader.ValueSpan, output);
                break;
            default:
                output.Write(reader.ValueSpan);
                break;
        }
    }

    private static void WriteText(ReadOnlySpan<byte> escaped, IBufferWriter<byte> output)
    {
        if (escaped.SequenceEqual(FloatText.NaN[1..^1]))
        {
            output.Write("NaN"u8);
        }
        else if (escaped.SequenceEqual(FloatText.Infinity[1..^1]))
        {
            output.Write("Infinity"u8);
        }
        else if (escaped.SequenceEqual(FloatText.NegativeInfinity[1..^1]))
        {
            output.Write("-Infinity"u8);
        }
        else
        {
            PythonText.Write(PythonText.Unescape(escaped), output);
        }
    }
}
