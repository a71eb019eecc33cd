using System.ComponentModel;
using System.Text.Json;
using AppNet.Wire;

namespace AppNet.Connections;

/// <summary>Writes the arguments of one call, by position. See docs/protocol.md, section 6.3. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct ArgumentWriter
{
    private readonly PayloadBuffer _payload;
    private readonly ConnectionDefinition? _definition;
    private readonly string? _tag;
    private ValueWriter _writer;

    /// <summary>Starts to write.</summary>
    /// <param name="payload">Where the arguments go, empty.</param>
    /// <param name="options">The options for values without a codec of their own.</param>
    /// <param name="definition">The function, whose signature messages show; null when only its tag is known.</param>
    /// <param name="tag">The tag or the event, for messages where the function is not known.</param>
    /// <param name="streams">Where streams among the arguments come from; null where there can be none.</param>
    internal ArgumentWriter(
        PayloadBuffer payload,
        JsonSerializerOptions options,
        ConnectionDefinition? definition = null,
        string? tag = null,
        IStreamOwner? streams = null)
    {
        _tag = tag;
        _payload = payload;
        _definition = definition;
        _writer = new ValueWriter(payload.Json, options, streams);
        payload.Json.WriteStartArray();
    }

    /// <summary>Gets the streams among the arguments; null when there is none.</summary>
    internal readonly ICallStreams? Streams => _writer.Streams;

    /// <summary>Gets how many arguments have been written: the index of the next one.</summary>
    internal int Count { get; private set; }

    /// <summary>Gets how many of the last arguments in a row are at their parameter's default.</summary>
    internal int TrailingDefaults { get; private set; }

    /// <summary>Gets the callbacks among the arguments, in the order of their numbers; null for none.</summary>
    internal readonly List<IReadOnlyList<ConnectionDefinition>>? Callbacks => _writer.Callbacks;

    /// <summary>Lets callbacks be among the arguments: whoever calls this gives <see cref="Callbacks"/> to the call.</summary>
    internal void TakeCallbacks() => _writer.TakesCallbacks = true;

    /// <summary>Writes the next argument.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="codec">How it is written.</param>
    /// <param name="value">The argument.</param>
    /// <exception cref="NetException">It can't be serialized, or the arguments are too large.</exception>
    public void Write<T>(ValueCodec<T> codec, T value)
    {
        WriteValue(codec, value);
        TrailingDefaults = 0;
    }

    /// <summary>Writes the next argument, whose parameter is optional.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="codec">How it is written.</param>
    /// <param name="value">The argument.</param>
    /// <param name="defaultValue">What the parameter is when it is left out.</param>
    /// <exception cref="NetException">It can't be serialized, or the arguments are too large.</exception>
    public void WriteOptional<T>(ValueCodec<T> codec, T value, T defaultValue)
    {
        WriteValue(codec, value);
        TrailingDefaults = EqualityComparer<T>.Default.Equals(value, defaultValue) ? TrailingDefaults + 1 : 0;
    }

    /// <summary>Writes the arguments given by name, after all others. Called at most once.</summary>
    /// <param name="arguments">The names, each once, and their arguments.</param>
    /// <exception cref="NetException">One can't be serialized, or the arguments are too large.</exception>
    internal void WriteNamed(IEnumerable<(string Name, CallArgument Argument)> arguments)
    {
        TrailingDefaults = 0;
        _payload.Json.WriteStartObject();
        int position = Count;
        foreach ((string name, CallArgument argument) in arguments)
        {
            try
            {
                _payload.Json.WritePropertyName(name);
                if (!CallArgument.Codec.TryWriteRaw(_payload, position++, argument))
                {
                    CallArgument.Codec.Write(ref _writer, argument);
                }
            }
            catch (Exception e)
            {
                throw _payload.IsOverLimit ? TooLarge() : ArgumentErrors.Unserializable(_definition, _tag, name, e);
            }
        }

        _payload.Json.WriteEndObject();
    }

    /// <summary>Ends the arguments. Called once, after the last one.</summary>
    /// <exception cref="NetException">The arguments are too large.</exception>
    internal void End()
    {
        try
        {
            _payload.Json.WriteEndArray();
            _payload.Complete();
        }
        catch (NetException)
        {
            throw TooLarge();
        }
    }

    private readonly NetException TooLarge() =>
        ArgumentErrors.TooLarge(_definition, _tag, _payload.WrittenSpan.Length, _payload.Limit);

    private void WriteValue<T>(ValueCodec<T> codec, T value)
    {
        try
        {
            if (!_payload.TakesRaw || !codec.TryWriteRaw(_payload, Count, value))
            {
                codec.Write(ref _writer, value);
            }
        }
        catch (Exception e)
        {
            // Getters and converters are user code: whatever they throw is a fault of the argument, except that a full
            // payload stays what it is even where they wrap it.
            throw _payload.IsOverLimit ? TooLarge() : ArgumentErrors.Unserializable(_definition, _tag, Count, e);
        }

        Count++;
    }
}
