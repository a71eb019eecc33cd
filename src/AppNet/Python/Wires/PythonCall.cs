using System.Buffers;
using System.Text.Json;

namespace AppNet.Python.Wires;

/// <summary>Writes requests to Python peers.</summary>
internal static class PythonCall
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 128 };

    /// <summary>Writes a request as a Python caller does.</summary>
    /// <param name="family">The wire.</param>
    /// <param name="connection">The function's name as it travels.</param>
    /// <param name="arguments">The arguments as our own calls have them: a JSON array, or nothing.</param>
    /// <param name="isNamed">Whether the last element holds those given by name.</param>
    /// <returns>All bytes of the request.</returns>
    public static byte[] Write(PythonFamily family, string connection, ReadOnlySpan<byte> arguments, bool isNamed)
    {
        var text = new ArrayBufferWriter<byte>(256);
        text.Write("{\"connection\": "u8);
        PythonText.Write(connection, text);
        text.Write(", \"args\": ["u8);
        var named = WritePositional(arguments, isNamed, text);
        text.Write("], \"kwargs\": "u8);
        PythonJsonWriter.Write(named.IsEmpty ? "{}"u8 : named, text);
        text.Write("}"u8);
        return family == PythonFamily.V06 ? text.WrittenSpan.ToArray() : PythonBase64.Encode(text.WrittenSpan);
    }

    /// <summary>Writes the arguments by position and finds those by name.</summary>
    private static ReadOnlySpan<byte> WritePositional(ReadOnlySpan<byte> arguments, bool isNamed, ArrayBufferWriter<byte> text)
    {
        var reader = new Utf8JsonReader(arguments.IsEmpty ? "[]"u8 : arguments, Options);
        _ = reader.Read();
        ReadOnlySpan<byte> last = default;
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            WriteOne(last, ref count, text);
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            last = arguments[start..(int)reader.BytesConsumed];
        }

        if (isNamed)
        {
            return last;
        }

        WriteOne(last, ref count, text);
        return default;
    }

    private static void WriteOne(ReadOnlySpan<byte> argument, ref int count, ArrayBufferWriter<byte> text)
    {
        if (!argument.IsEmpty)
        {
            text.Write(count++ == 0 ? ""u8 : ", "u8);
            PythonJsonWriter.Write(argument, text);
        }
    }
}
