using System.ComponentModel;
using System.Text.Json;

namespace AppNet.Connections;

/// <summary>
/// Reads the arguments of one call in the order of the function's parameters, whether they came by position or by name.
/// See docs/protocol.md, section 6. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct ArgumentReader
{
    private ValueReader _reader;

    internal ArgumentReader(ReadOnlySpan<byte> payload, JsonSerializerOptions options)
    {
        _reader = new ValueReader(new Utf8JsonReader(payload), options);
    }

    /// <summary>Reads the next parameter's argument.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="codec">How it is read.</param>
    /// <returns>The argument.</returns>
    /// <exception cref="NetException">It is missing or can't be converted; the message names the parameter.</exception>
    public T Read<T>(ValueCodec<T> codec) => codec.Read(ref _reader);

    /// <summary>Reads the next parameter's argument, or its default when the call left it out.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="codec">How it is read.</param>
    /// <param name="defaultValue">What the parameter is when it is left out.</param>
    /// <returns>The argument.</returns>
    /// <exception cref="NetException">It can't be converted; the message names the parameter.</exception>
    public T ReadOptional<T>(ValueCodec<T> codec, T defaultValue) => codec.Read(ref _reader);

    /// <summary>Checks that no argument is left.</summary>
    /// <exception cref="NetException">There is one that the function has no parameter for.</exception>
    internal void End() => _reader.Json.Read();
}
