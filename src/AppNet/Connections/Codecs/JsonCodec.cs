using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AppNet.Connections;

/// <summary>What the peer's <see cref="JsonSerializerOptions"/> make of a type.</summary>
/// <typeparam name="T">The type.</typeparam>
internal sealed class JsonCodec<T> : ValueCodec<T>
{
    // A process rarely has more than one peer's options, so one is remembered; it knows the options it belongs to.
    private volatile JsonTypeInfo<T>? _typeInfo;

    /// <summary>Gets the one codec of the type.</summary>
    public static JsonCodec<T> Instance { get; } = new();

    /// <inheritdoc/>
    public override void Write(ref ValueWriter writer, T value) =>
        JsonSerializer.Serialize(writer.Json, value, TypeInfoOf(writer.Options));

    /// <inheritdoc/>
    public override T Read(ref ValueReader reader) =>
        JsonSerializer.Deserialize(ref reader.Json, TypeInfoOf(reader.Options))!;

    private JsonTypeInfo<T> TypeInfoOf(JsonSerializerOptions options)
    {
        JsonTypeInfo<T>? typeInfo = _typeInfo;
        return ReferenceEquals(typeInfo?.Options, options)
            ? typeInfo
            : _typeInfo = (JsonTypeInfo<T>)SerializerOptionsFactory.TypeInfoOf(options, typeof(T));
    }
}

/// <summary>What a given <see cref="JsonTypeInfo{T}"/> makes of its type, whatever the peer's options are.</summary>
/// <typeparam name="T">The type.</typeparam>
/// <param name="typeInfo">How the type is written and read.</param>
internal sealed class TypeInfoCodec<T>(JsonTypeInfo<T> typeInfo) : ValueCodec<T>
{
    /// <inheritdoc/>
    public override void Write(ref ValueWriter writer, T value) => JsonSerializer.Serialize(writer.Json, value, typeInfo);

    /// <inheritdoc/>
    public override T Read(ref ValueReader reader) => JsonSerializer.Deserialize(ref reader.Json, typeInfo)!;
}
