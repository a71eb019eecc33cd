using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace AppNet.Connections;

/// <summary>Where a codec reads. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct ValueReader
{
    /// <summary>The reader of the JSON part: a field, since reading moves it.</summary>
    [SuppressMessage("Design", "CA1051:Do not declare visible instance fields", Justification = "Utf8JsonReader is a mutable struct.")]
    public Utf8JsonReader Json;

    internal ValueReader(Utf8JsonReader json, JsonSerializerOptions options)
    {
        Json = json;
        Options = options;
    }

    /// <summary>Gets the options for values without a codec of their own.</summary>
    public JsonSerializerOptions Options { get; }
}
