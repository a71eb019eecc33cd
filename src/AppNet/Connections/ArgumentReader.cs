using System.Buffers;
using System.ComponentModel;
using System.Text.Json;
using AppNet.Wire;

namespace AppNet.Connections;

/// <summary>
/// Reads the arguments of one call in the order of the function's parameters, whether they came by position or by name.
/// See docs/protocol.md, section 6.3. For generated code.
/// </summary>
/// <remarks>Whatever the payload holds, what is thrown is a <see cref="NetException"/> of <see cref="NetError.BadArguments"/>.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct ArgumentReader
{
    /// <summary>How the payload is read: as strict JSON of bounded depth.</summary>
    internal static readonly JsonReaderOptions JsonOptions = new() { MaxDepth = 64 };

    private readonly ReadOnlySpan<byte> _payload;
    private readonly RawPayload _raw;
    private readonly ConnectionDefinition _definition;
    private readonly int _trailingDefaults;

    // Where each parameter's argument lies, rented; null when all came by position, which needs no looking ahead.
    private ArgumentSlice[]? _slices;
    private ValueReader _reader;
    private int _index;

    // Which of the call's values the argument is that is read: not the parameter's index when it came by name.
    private int _position;
    private bool _isAtEnd;

    /// <summary>Starts to read; arguments by name are sorted to their parameters at once.</summary>
    /// <param name="payload">A JSON array of the arguments, or nothing.</param>
    /// <param name="named">Whether the last element of the array is an object of the arguments given by name.</param>
    /// <param name="trailingDefaults">
    /// How many of the last positional arguments are at the caller's default, so that a function without such a parameter
    /// ignores them.
    /// </param>
    /// <param name="definition">The function.</param>
    /// <param name="options">The options for values without a codec of their own.</param>
    /// <param name="isRaw">Whether the payload has raw segments.</param>
    /// <param name="streams">The streams of the call; null when it has none.</param>
    /// <exception cref="NetException">The payload is no such array, or a name is unknown or given twice.</exception>
    internal ArgumentReader(
        ReadOnlySpan<byte> payload,
        bool named,
        int trailingDefaults,
        ConnectionDefinition definition,
        JsonSerializerOptions options,
        bool isRaw = false,
        ICallStreams? streams = null)
    {
        if (isRaw)
        {
            RawPayload raw = ParseRaw(payload, definition);
            _raw = raw;
            payload = raw.Json;
        }

        _payload = payload;
        _definition = definition;
        _trailingDefaults = trailingDefaults;
        IsNamed = named;
        if (definition.TakesAnyArguments)
        {
            _reader = new ValueReader(default, options, streams);
            _isAtEnd = true;
        }
        else if (named)
        {
            _slices = NamedArguments.Collect(payload, trailingDefaults, definition);
            _reader = new ValueReader(default, options, streams);
        }
        else
        {
            _reader = new ValueReader(new Utf8JsonReader(payload, JsonOptions), options, streams);
            _isAtEnd = payload.IsEmpty;
            if (!_isAtEnd && ReadToken() != JsonTokenType.StartArray)
            {
                throw ArgumentErrors.Malformed(definition, null);
            }
        }
    }

    /// <summary>Sets the call whose arguments these are, for its callbacks.</summary>
    internal Invocation Invocation
    {
        set => _reader.Invocation = value;
    }

    /// <summary>Gets all arguments: a JSON array, or nothing. Unchecked, unless there were raw segments among them.</summary>
    /// <exception cref="NetException">There were, and it is no array.</exception>
    internal readonly ReadOnlySpan<byte> Payload => _raw.IsEmpty ? _payload : Expand();

    /// <summary>Gets whether the last element of the array is an object of the arguments given by name.</summary>
    internal bool IsNamed { get; }

    /// <summary>Reads the next parameter's argument.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="codec">How it is read.</param>
    /// <returns>The argument.</returns>
    /// <exception cref="NetException">It is missing or can't be converted; the message names the parameter.</exception>
    public T Read<T>(ValueCodec<T> codec) =>
        TryMoveNext(out int offset) ? ReadValue(codec, offset) : throw ArgumentErrors.Missing(_definition, _index);

    /// <summary>Reads the next parameter's argument, or its default when the call left it out.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="codec">How it is read.</param>
    /// <param name="defaultValue">What the parameter is when it is left out.</param>
    /// <returns>The argument.</returns>
    /// <exception cref="NetException">It can't be converted; the message names the parameter.</exception>
    public T ReadOptional<T>(ValueCodec<T> codec, T defaultValue)
    {
        if (TryMoveNext(out int offset))
        {
            return ReadValue(codec, offset);
        }

        _index++;
        return defaultValue;
    }

    /// <summary>Checks that no argument is left. Called once, after the last parameter's.</summary>
    /// <exception cref="NetException">
    /// There is one that the function has no parameter for, or the payload goes on after the arguments.
    /// </exception>
    internal void End()
    {
        if (_slices is not null)
        {
            // What came by name was checked as a whole at the start.
            ArrayPool<ArgumentSlice>.Shared.Return(_slices);
            _slices = null;
        }
        else if (!_payload.IsEmpty)
        {
            EndPositional();
        }
    }

    private static RawPayload ParseRaw(ReadOnlySpan<byte> payload, ConnectionDefinition definition)
    {
        try
        {
            return RawPayload.Parse(payload, isRaw: true);
        }
        catch (FormatException e)
        {
            throw ArgumentErrors.Malformed(definition, e);
        }
    }

    private readonly byte[] Expand()
    {
        try
        {
            return RawJson.Expand(in _raw, IsNamed, _reader.Options);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw ArgumentErrors.Malformed(_definition, e);
        }
    }

    private void EndPositional()
    {
        int surplus = 0;
        while (!_isAtEnd && ReadToken() != JsonTokenType.EndArray)
        {
            surplus++;
            SkipValue();
        }

        // Past the last bracket only white space is well-formed; anything else throws.
        _ = ReadToken();
        if (surplus > _trailingDefaults)
        {
            throw ArgumentErrors.TooMany(_definition, _index + surplus);
        }
    }

    /// <summary>Moves to the first token of the next parameter's argument.</summary>
    /// <param name="offset">Where in the payload what the reader reads begins.</param>
    /// <returns>Whether there is an argument.</returns>
    private bool TryMoveNext(out int offset)
    {
        offset = 0;
        if (_slices is not null)
        {
            ArgumentSlice slice = _slices[_index];
            if (slice.Length == 0)
            {
                return false;
            }

            offset = slice.Start;
            _position = slice.Position;
            _reader.Json = new Utf8JsonReader(_payload.Slice(slice.Start, slice.Length), JsonOptions);
            _ = ReadToken();
            return true;
        }

        _position = _index;
        _isAtEnd = _isAtEnd || ReadToken() == JsonTokenType.EndArray;
        return !_isAtEnd;
    }

    private T ReadValue<T>(ValueCodec<T> codec, int offset)
    {
        int start = offset + (int)_reader.Json.TokenStartIndex;
        try
        {
            T value = !_raw.IsEmpty && _raw.TryGet(_position, out RawKind kind, out ReadOnlySpan<byte> bytes)
                ? RawJson.InPlace(ref _reader, codec, kind, bytes)
                : codec.Read(ref _reader);
            _index++;
            return value;
        }
        catch (Exception e)
        {
            // Converters are user code: whatever they throw is a fault of the argument.
            throw ArgumentErrors.Unconvertible(_definition, _index, _payload[start..], e);
        }
    }

    private JsonTokenType ReadToken()
    {
        try
        {
            return _reader.Json.Read() ? _reader.Json.TokenType : JsonTokenType.None;
        }
        catch (JsonException e)
        {
            throw ArgumentErrors.Malformed(_definition, e);
        }
    }

    private void SkipValue()
    {
        try
        {
            _reader.Json.Skip();
        }
        catch (JsonException e)
        {
            throw ArgumentErrors.Malformed(_definition, e);
        }
    }
}
