using System.Text.Json;

namespace AppNet.Connections;

/// <summary>The number of a stream of items, or null.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <param name="item">The codec of an item.</param>
internal sealed class SequenceCodec<T>(ValueCodec<T> item) : ValueCodec<IAsyncEnumerable<T>>
{
    /// <inheritdoc/>
    internal override bool IsStream => true;

    /// <inheritdoc/>
    public override void Write(ref ValueWriter writer, IAsyncEnumerable<T> value)
    {
        if (value is null)
        {
            writer.Json.WriteNullValue();
        }
        else
        {
            writer.Json.WriteNumberValue(writer.BeginStreams().Send(value, item));
        }
    }

    /// <inheritdoc/>
    public override IAsyncEnumerable<T> Read(ref ValueReader reader) =>
        reader.Json.TokenType == JsonTokenType.Null ? null! : reader.StreamsOfCall().ReceiveAsync(reader.Json.GetUInt16(), item);

    /// <inheritdoc/>
    internal override IAsyncEnumerable<T> Open(ICallStreams streams) => streams.ReceiveAsync(0, item);

    /// <inheritdoc/>
    internal override void Return(ICallStreams streams, IAsyncEnumerable<T> value) => streams.Return(value, item);
}

/// <summary>The number of a stream of bytes, or null.</summary>
internal sealed class ByteStreamCodec : ValueCodec<Stream>
{
    /// <inheritdoc/>
    internal override bool IsStream => true;

    /// <inheritdoc/>
    public override void Write(ref ValueWriter writer, Stream value)
    {
        if (value is null)
        {
            writer.Json.WriteNullValue();
        }
        else
        {
            writer.Json.WriteNumberValue(writer.BeginStreams().Send(value));
        }
    }

    /// <inheritdoc/>
    public override Stream Read(ref ValueReader reader) =>
        reader.Json.TokenType == JsonTokenType.Null ? null! : reader.StreamsOfCall().Receive(reader.Json.GetUInt16());

    /// <inheritdoc/>
    internal override Stream Open(ICallStreams streams) => streams.Receive(0);

    /// <inheritdoc/>
    internal override void Return(ICallStreams streams, Stream value) => streams.Return(value);
}

/// <summary>The number of a stream of reports, which flow back to the caller; or null.</summary>
/// <typeparam name="T">The type of the reports.</typeparam>
/// <param name="report">The codec of a report.</param>
internal sealed class ProgressCodec<T>(ValueCodec<T> report) : ValueCodec<IProgress<T>>
{
    /// <inheritdoc/>
    public override void Write(ref ValueWriter writer, IProgress<T> value)
    {
        if (value is null)
        {
            writer.Json.WriteNullValue();
        }
        else
        {
            writer.Json.WriteNumberValue(writer.BeginStreams().Listen(value, report));
        }
    }

    /// <inheritdoc/>
    public override IProgress<T> Read(ref ValueReader reader) =>
        reader.Json.TokenType == JsonTokenType.Null ? null! : reader.StreamsOfCall().Report(reader.Json.GetUInt16(), report);
}
