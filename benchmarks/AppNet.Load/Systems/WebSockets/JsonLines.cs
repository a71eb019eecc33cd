using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AppNet.Load.Systems.WebSockets;

/// <summary>A message under construction: JSON texts, a line each.</summary>
internal sealed class JsonLines : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _writer;

    /// <summary>Initializes a new instance of the <see cref="JsonLines"/> class, which is empty.</summary>
    public JsonLines() => _writer = new(_buffer);

    /// <summary>Gets what was written; valid until the next change.</summary>
    public ReadOnlyMemory<byte> Written => _buffer.WrittenMemory;

    /// <summary>Takes the first line off a message.</summary>
    /// <param name="message">What is left of the message; afterwards what follows the line.</param>
    /// <returns>The line.</returns>
    public static ReadOnlySpan<byte> TakeLine(ref ReadOnlySpan<byte> message)
    {
        var end = message.IndexOf((byte)'\n');
        var line = message[..end];
        message = message[(end + 1)..];
        return line;
    }

    /// <summary>Adds a line.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="value">What it holds.</param>
    /// <param name="type">How that is written.</param>
    public void Add<T>(T value, JsonTypeInfo<T> type)
    {
        JsonSerializer.Serialize(_writer, value, type);
        _writer.Reset();
        _buffer.Write("\n"u8);
    }

    /// <summary>Forgets all lines.</summary>
    public void Clear() => _buffer.ResetWrittenCount();

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();
}
