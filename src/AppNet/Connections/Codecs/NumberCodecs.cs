namespace AppNet.Connections;

/// <summary>A JSON number.</summary>
internal sealed class ByteCodec : ValueCodec<byte>
{
    /// <inheritdoc/>
    public override void Write(ref ValueWriter writer, byte value) => writer.Json.WriteNumberValue(value);

    /// <inheritdoc/>
    public override byte Read(ref ValueReader reader) => reader.Json.GetByte();
}

/// <summary>A JSON number.</summary>
internal sealed class SByteCodec : ValueCodec<sbyte>
{
    /// <inheritdoc/>
    public override void Write(ref ValueWriter writer, sbyte value) => writer.Json.WriteNumberValue(value);

    /// <inheritdoc/>
    public override sbyte Read(ref ValueReader reader) => reader.Json.GetSByte();
}

/// <summary>A JSON number.</summary>
internal sealed class Int16Codec : ValueCodec<short>
{
    /// <inheritdoc/>
    public override void Write(ref ValueWriter writer, short value) => writer.Json.WriteNumberValue(value);

    /// <inheritdoc/>
    public override short Read(ref ValueReader reader) => reader.Json.GetInt16();
}

/// <summary>A JSON number.</summary>
internal sealed class UInt16Codec : ValueCodec<ushort>
{
    /// <inheritdoc/>
    public override void Write(ref ValueWriter writer, ushort value) => writer.Json.WriteNumberValue(value);

    /// <inheritdoc/>
    public override ushort Read(ref ValueReader reader) => reader.Json.GetUInt16();
}

/// <summary>A JSON number.</summary>
internal sealed class Int32Codec : ValueCodec<int>
{
    /// <inheritdoc/>
    public override void Write(ref ValueWriter writer, int value) => writer.Json.WriteNumberValue(value);

    /// <inheritdoc/>
    public override int Read(ref ValueReader reader) => reader.Json.GetInt32();
}

/// <summary>A JSON number.</summary>
internal sealed class UInt32Codec : ValueCodec<uint>
{
    /// <inheritdoc/>
    public override void Write(ref ValueWriter writer, uint value) => writer.Json.WriteNumberValue(value);

    /// <inheritdoc/>
    public override uint Read(ref ValueReader reader) => reader.Json.GetUInt32();
}

/// <summary>A JSON number.</summary>
internal sealed class Int64Codec : ValueCodec<long>
{
    /// <inheritdoc/>
    public override void Write(ref ValueWriter writer, long value) => writer.Json.WriteNumberValue(value);

    /// <inheritdoc/>
    public override long Read(ref ValueReader reader) => reader.Json.GetInt64();
}

/// <summary>A JSON number.</summary>
internal sealed class UInt64Codec : ValueCodec<ulong>
{
    /// <inheritdoc/>
    public override void Write(ref ValueWriter writer, ulong value) => writer.Json.WriteNumberValue(value);

    /// <inheritdoc/>
    public override ulong Read(ref ValueReader reader) => reader.Json.GetUInt64();
}

/// <summary>A JSON number.</summary>
internal sealed class DecimalCodec : ValueCodec<decimal>
{
    /// <inheritdoc/>
    public override void Write(ref ValueWriter writer, decimal value) => writer.Json.WriteNumberValue(value);

    /// <inheritdoc/>
    public override decimal Read(ref ValueReader reader) => reader.Json.GetDecimal();
}
