using System.ComponentModel;
using System.Text.Json;

namespace AppNet.Connections;

/// <summary>Where a codec writes. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct ValueWriter
{
    internal ValueWriter(Utf8JsonWriter json, JsonSerializerOptions options)
    {
        Json = json;
        Options = options;
    }

    /// <summary>Gets the writer of the JSON part.</summary>
    public Utf8JsonWriter Json { get; }

    /// <summary>Gets the options for values without a codec of their own.</summary>
    public JsonSerializerOptions Options { get; }
}
