using System.Buffers;
using System.Text;
using System.Text.Json;
using AppNet.Connections;

namespace AppNet.Python.Wires;

/// <summary>A request of a Python caller, read.</summary>
internal sealed class PythonRequest
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 128 };

    private readonly List<ReadOnlyMemory<byte>> _positional = [];

    // In the order of their first mention; the last value of a name counts.
    private readonly OrderedDictionary<string, (ReadOnlyMemory<byte> Name, ReadOnlyMemory<byte> Value)> _named = new(StringComparer.Ordinal);

    private PythonRequest(string connection)
    {
        Connection = connection;
    }

    /// <summary>Gets the name of the function as it travelled.</summary>
    public string Connection { get; }

    /// <summary>Gets the arguments by position, each as strict JSON.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Positional => _positional;

    /// <summary>Gets the time after which the caller gives up, if it says so in a way that can be read.</summary>
    public TimeSpan? TimeOut =>
        _named.TryGetValue("time_out", out var argument)
        && double.TryParse(argument.Value.Span, System.Globalization.CultureInfo.InvariantCulture, out var seconds)
        && seconds is > 0 and < 1e6
            ? TimeSpan.FromSeconds(seconds)
            : null;

    /// <summary>Reads a request.</summary>
    /// <param name="text">Its JSON text, as it came.</param>
    /// <param name="family">The wire.</param>
    /// <returns>The request; null: it counts as empty, to be answered with the flag <c>NULL</c>.</returns>
    /// <exception cref="PythonFormatException">It is none.</exception>
    public static PythonRequest? Read(ReadOnlySpan<byte> text, PythonFamily family)
    {
        if (text.IsEmpty)
        {
            return null;
        }

        var json = PythonJsonReader.Read(text);
        if (family == PythonFamily.V04 && MembersOf(json)?.GetValueOrDefault("raw") is { IsEmpty: false } raw)
        {
            json = raw;
        }

        if (IsFalse(json.Span))
        {
            return null;
        }

        var members = MembersOf(json) ?? throw NotAnObject(json.Span[0]);
        var request = new PythonRequest(ReadConnection(Member(members, "connection"), family));
        request.ReadPositional(Member(members, "args"));
        request.ReadNamed(Member(members, "kwargs"));
        return request;
    }

    /// <summary>Writes the arguments as our own calls have them. docs/protocol.md, section 6.3.</summary>
    /// <param name="definition">The function: keywords that are the Python library's are left out when it has no such parameter.</param>
    /// <param name="isNamed">Whether the last element holds those given by name.</param>
    /// <returns>A JSON array.</returns>
    public ReadOnlyMemory<byte> WriteArguments(ConnectionDefinition? definition, out bool isNamed)
    {
        var payload = new ArrayBufferWriter<byte>(256);
        payload.Write("["u8);
        for (var i = 0; i < _positional.Count; i++)
        {
            payload.Write(i == 0 ? ""u8 : ","u8);
            payload.Write(_positional[i].Span);
        }

        isNamed = false;
        foreach (var (name, argument) in _named)
        {
            if (!IsForLibrary(name, definition))
            {
                payload.Write(isNamed ? ","u8 : _positional.Count > 0 ? ",{"u8 : "{"u8);
                payload.Write(argument.Name.Span);
                payload.Write(":"u8);
                payload.Write(argument.Value.Span);
                isNamed = true;
            }
        }

        payload.Write(isNamed ? "}]"u8 : "]"u8);
        return payload.WrittenMemory;
    }

    /// <summary>Reads an argument as a text.</summary>
    /// <param name="index">Its position.</param>
    /// <returns>The text; null: it is none, or not given.</returns>
    public string? TextAt(int index) =>
        index < _positional.Count && _positional[index].Span is [(byte)'"', .., (byte)'"'] text ? PythonText.Unescape(text[1..^1]) : null;

    private static bool IsForLibrary(string name, ConnectionDefinition? definition) =>
        name is "time_out" or "peer"
        && definition is { TakesAnyArguments: false }
        && !definition.Parameters.Any(parameter => string.Equals(parameter.Name, name, StringComparison.Ordinal));

    private static bool IsFalse(ReadOnlySpan<byte> json) =>
        json.SequenceEqual("{}"u8) || json.SequenceEqual("[]"u8) || json.SequenceEqual("null"u8) || json.SequenceEqual("\"\""u8)
        || json.SequenceEqual("false"u8)
        || (json[0] is (byte)'-' or (>= (byte)'0' and <= (byte)'9') && double.TryParse(json, System.Globalization.CultureInfo.InvariantCulture, out var number) && number == 0);

    /// <summary>Finds the members of an object; of those with one name the last.</summary>
    private static Dictionary<string, ReadOnlyMemory<byte>>? MembersOf(ReadOnlyMemory<byte> json)
    {
        if (json.Span[0] != (byte)'{')
        {
            return null;
        }

        var members = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(json.Span, Options);
        _ = reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = PythonText.Unescape(reader.ValueSpan);
            members[name] = TakeValue(ref reader, json);
        }

        return members;
    }

    private static ReadOnlyMemory<byte> TakeValue(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json)
    {
        _ = reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return json[start..(int)reader.BytesConsumed];
    }

    private static ReadOnlyMemory<byte> Member(Dictionary<string, ReadOnlyMemory<byte>> members, string name) =>
        members.TryGetValue(name, out var value) ? value : throw new PythonFormatException("KeyError", $"'{name}'");

    private static string ReadConnection(ReadOnlyMemory<byte> value, PythonFamily family) => (value.Span[0], family) switch
    {
        ((byte)'"', _) => PythonText.Unescape(value.Span[1..^1]),
        (_, PythonFamily.V04) => throw new PythonFormatException("AttributeError", "'connection' has no attribute 'encode': it must be a text"),
        ((byte)'[' or (byte)'{', _) => throw new PythonFormatException("TypeError", "unhashable type: 'connection' must be a text"),
        _ => Encoding.ASCII.GetString(value.Span),
    };

    private void ReadPositional(ReadOnlyMemory<byte> json)
    {
        switch (json.Span[0])
        {
            case (byte)'[':
                ReadElements(json);
                break;
            case (byte)'{':
                _positional.AddRange(MembersOf(json)!.Keys.Select(TextOf));
                break;
            case (byte)'"':
                _positional.AddRange(CharactersOf(PythonText.Unescape(json.Span[1..^1])).Select(TextOf));
                break;
            default:
                throw new PythonFormatException("TypeError", "argument after * must be an iterable: 'args' must be a list");
        }
    }

    private void ReadElements(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span, Options);
        _ = reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            _positional.Add(json[start..(int)reader.BytesConsumed]);
        }
    }

    private void ReadNamed(ReadOnlyMemory<byte> json)
    {
        if (json.Span[0] != (byte)'{')
        {
            throw new PythonFormatException("TypeError", "argument after ** must be a mapping: 'kwargs' must be an object");
        }

        var reader = new Utf8JsonReader(json.Span, Options);
        _ = reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = PythonText.Unescape(reader.ValueSpan);
            var start = (int)reader.TokenStartIndex;
            var quoted = json.Slice(start, reader.ValueSpan.Length + 2);
            _named[name] = (quoted, TakeValue(ref reader, json));
        }
    }

    private static IEnumerable<string> CharactersOf(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var isPair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            yield return text.Substring(i, isPair ? 2 : 1);
            i += isPair ? 1 : 0;
        }
    }

    private static ReadOnlyMemory<byte> TextOf(string text)
    {
        var json = new ArrayBufferWriter<byte>();
        PythonText.Write(text, json);
        return json.WrittenMemory;
    }

    private static PythonFormatException NotAnObject(byte first) => new(
        "TypeError",
        first switch
        {
            (byte)'"' => "string indices must be integers, not 'str'",
            (byte)'[' => "list indices must be integers or slices, not str",
            (byte)'t' => "'bool' object is not subscriptable",
            _ => "'int' object is not subscriptable",
        });
}
