namespace AppNet.Connections;

/// <summary>Null; whatever comes is taken, as a caller that wants no result does not mind one.</summary>
internal sealed class NoResultCodec : ValueCodec<NoResult>
{
    /// <inheritdoc/>
    public override void Write(ref ValueWriter writer, NoResult value) => writer.Json.WriteNullValue();

    /// <inheritdoc/>
    public override NoResult Read(ref ValueReader reader)
    {
        reader.Json.Skip();
        return default;
    }
}
