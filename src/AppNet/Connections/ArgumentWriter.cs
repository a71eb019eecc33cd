using System.ComponentModel;
using System.Text.Json;

namespace AppNet.Connections;

/// <summary>Writes the arguments of one call, by position. See docs/protocol.md, section 6. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct ArgumentWriter
{
    private ValueWriter _writer;

    internal ArgumentWriter(Utf8JsonWriter json, JsonSerializerOptions options)
    {
        _writer = new ValueWriter(json, options);
    }

    /// <summary>Gets how many arguments have been written: the index of the next one.</summary>
    internal int Count { get; private set; }

    /// <summary>Gets how many of the last arguments in a row are at their parameter's default.</summary>
    internal int TrailingDefaults { get; private set; }

    /// <summary>Writes the next argument.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="codec">How it is written.</param>
    /// <param name="value">The argument.</param>
    public void Write<T>(ValueCodec<T> codec, T value)
    {
        codec.Write(ref _writer, value);
        Count++;
        TrailingDefaults = 0;
    }

    /// <summary>Writes the next argument, whose parameter is optional.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="codec">How it is written.</param>
    /// <param name="value">The argument.</param>
    /// <param name="defaultValue">What the parameter is when it is left out.</param>
    public void WriteOptional<T>(ValueCodec<T> codec, T value, T defaultValue)
    {
        codec.Write(ref _writer, value);
        Count++;
        TrailingDefaults = EqualityComparer<T>.Default.Equals(value, defaultValue) ? TrailingDefaults + 1 : 0;
    }
}
