using AppNet.Connections;

namespace AppNet.Calls;

/// <summary>Reads any result as none.</summary>
internal sealed class DroppedResult : ValueCodec<NoResult>
{
    /// <summary>Gets the one there is.</summary>
    public static DroppedResult Codec { get; } = new();

    /// <inheritdoc/>
    public override void Write(ref ValueWriter writer, NoResult value) => writer.Json.WriteNullValue();

    /// <inheritdoc/>
    public override NoResult Read(ref ValueReader reader)
    {
        reader.Json.Skip();
        return default;
    }

    /// <inheritdoc/>
    internal override NoResult Open(ICallStreams streams)
    {
        streams.Drop();
        return default;
    }
}
