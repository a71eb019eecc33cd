using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace AppNet.Python.Wires;

/// <summary>What a Python peer answered: one of its four properties is set.</summary>
internal sealed record PythonReply
{
    private static readonly SearchValues<byte> NameBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-"u8);

    private const string ErrorOfUnknownKind = "The peer answered with an error and no traceback.";

    /// <summary>Gets the result as strict JSON.</summary>
    public ReadOnlyMemory<byte>? Value { get; private init; }

    /// <summary>Gets the flag.</summary>
    public string? Flag { get; private init; }

    /// <summary>Gets the traceback of the error that the function, or the peer, ended with.</summary>
    public string? Traceback { get; private init; }

    /// <summary>Gets why the answer can't be read.</summary>
    public string? Fault { get; private init; }

    /// <summary>Makes the answer of a value.</summary>
    /// <param name="json">Strict JSON.</param>
    /// <returns>The answer.</returns>
    public static PythonReply Of(ReadOnlyMemory<byte> json) => new() { Value = json };

    /// <summary>Reads an answer.</summary>
    /// <param name="family">The wire.</param>
    /// <param name="answer">All bytes of it; at least one.</param>
    /// <param name="flags">The flags that the peer says it has, besides the two that all have.</param>
    /// <returns>What it says.</returns>
    public static PythonReply Read(PythonFamily family, ReadOnlySpan<byte> answer, IReadOnlyCollection<string> flags)
    {
        try
        {
            return family == PythonFamily.V04 ? Read04(PythonBase64.Decode(answer).Span) : Read06(answer, flags);
        }
        catch (PythonFormatException exception)
        {
            return new PythonReply { Fault = $"The answer is no JSON that Python writes: {exception.Message}." };
        }
    }

    private static PythonReply Read04(ReadOnlySpan<byte> text)
    {
        if (BareWord(text) is { } flag)
        {
            return new PythonReply { Flag = flag };
        }

        var json = PythonJsonReader.Read(text);
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 128 });
        return AsError(document.RootElement) ?? new PythonReply { Value = Unwrap(document.RootElement) ?? json };
    }

    private static PythonReply Read06(ReadOnlySpan<byte> text, IReadOnlyCollection<string> flags)
    {
        if (BareWord(text) is { } flag)
        {
            return new PythonReply { Flag = flag };
        }

        var json = PythonJsonReader.Read(text);
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 128 });
        return AsFlag(json.Span, flags) ?? AsError(document.RootElement) ?? new PythonReply { Value = json };
    }

    // Written by a function that returned a flag; nothing tells it from a text of the same letters.
    private static PythonReply? AsFlag(ReadOnlySpan<byte> json, IReadOnlyCollection<string> flags)
    {
        var text = json is [(byte)'"', .., (byte)'"'] ? PythonText.Unescape(json[1..^1]) : null;
        return text is AppNet.Flag.Null or AppNet.Flag.InvalidConnection || (text is not null && flags.Contains(text, StringComparer.Ordinal))
            ? new PythonReply { Flag = text }
            : null;
    }

    private static PythonReply? AsError(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object
            || !value.TryGetProperty("payload", out var payload)
            || payload.ValueKind != JsonValueKind.String
            || !payload.ValueEquals("error"u8))
        {
            return null;
        }

        var text = value.TryGetProperty("traceback", out var traceback) && traceback.ValueKind == JsonValueKind.String
            ? PythonText.Unescape(JsonMarshal.GetRawUtf8Value(traceback)[1..^1])
            : ErrorOfUnknownKind;
        return new PythonReply { Traceback = text };
    }

    // An object of more members than this one is no wrapper, whatever the Python library makes of it: nothing is lost here.
    private static ReadOnlyMemory<byte>? Unwrap(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object || value.GetPropertyCount() != 1 || !value.TryGetProperty("raw", out var raw))
        {
            return null;
        }

        return JsonMarshal.GetRawUtf8Value(raw).ToArray();
    }

    /// <summary>Returns the name that stands where JSON is due, as flags do.</summary>
    private static string? BareWord(ReadOnlySpan<byte> text)
    {
        var word = text.Trim(" \t\r\n"u8);
        var isName = word.Length is > 0 and <= AppNet.Flag.MaxNameBytes
            && (char.IsAsciiLetter((char)word[0]) || word[0] == (byte)'_')
            && word.IndexOfAnyExcept(NameBytes) < 0;
        return !isName || word.SequenceEqual("null"u8) || word.SequenceEqual("true"u8) || word.SequenceEqual("false"u8)
            || word.SequenceEqual("NaN"u8) || word.SequenceEqual("Infinity"u8)
            ? null
            : Encoding.ASCII.GetString(word);
    }
}
