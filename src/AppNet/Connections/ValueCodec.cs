using System.ComponentModel;
using System.Text.Json;
using AppNet.Wire;

namespace AppNet.Connections;

/// <summary>Writes and reads values of one type. Stateless, for use from many threads. For generated code.</summary>
/// <typeparam name="T">The type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ValueCodec<T>
{
    /// <summary>Writes one value.</summary>
    /// <param name="writer">Where it goes.</param>
    /// <param name="value">The value.</param>
    public abstract void Write(ref ValueWriter writer, T value);

    /// <summary>Reads one value. The reader stands on the value's first token, and is left on its last.</summary>
    /// <param name="reader">Where it comes from.</param>
    /// <returns>The value.</returns>
    public abstract T Read(ref ValueReader reader);

    /// <summary>Gets whether a result of the type is a stream.</summary>
    internal virtual bool IsStream => false;

    /// <summary>At the caller: opens a result that is a stream.</summary>
    /// <param name="streams">The streams of the call.</param>
    /// <returns>The result.</returns>
    /// <exception cref="InvalidOperationException">A value was expected.</exception>
    internal virtual T Open(ICallStreams streams) =>
        throw new InvalidOperationException("it is a stream, which is read by 'StreamAsync', or as IAsyncEnumerable<T> or Stream.");

    /// <summary>At the callee: hands over a result that is a stream.</summary>
    /// <param name="streams">The streams of the call.</param>
    /// <param name="value">The result, not null.</param>
    internal virtual void Return(ICallStreams streams, T value) => throw new InvalidOperationException("It is no stream.");

    /// <summary>Writes a value as a raw segment, with null in its place in the JSON. docs/protocol.md, section 11.</summary>
    /// <param name="payload">Where it goes.</param>
    /// <param name="position">Which value it is.</param>
    /// <param name="value">The value. Its memory is used until the payload is sent.</param>
    /// <returns>False when it must go as JSON; then nothing was written.</returns>
    internal virtual bool TryWriteRaw(PayloadBuffer payload, int position, T value) => false;

    /// <summary>Reads a value that came as a raw segment: unless the codec knows better, as the JSON that it stands for.</summary>
    /// <param name="kind">What the elements are.</param>
    /// <param name="bytes">The elements.</param>
    /// <param name="options">The options for values without a codec of their own.</param>
    /// <returns>The value.</returns>
    internal virtual T ReadRaw(RawKind kind, ReadOnlySpan<byte> bytes, JsonSerializerOptions options)
    {
        var reader = new ValueReader(new Utf8JsonReader(RawJson.Of(kind, bytes, options), ArgumentReader.JsonOptions), options);
        _ = reader.Json.Read();
        return Read(ref reader);
    }
}
