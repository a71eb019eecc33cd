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

    private readonly ICallStreams? _streams;

    internal ValueReader(Utf8JsonReader json, JsonSerializerOptions options, ICallStreams? streams = null)
    {
        Json = json;
        Options = options;
        _streams = streams;
    }

    /// <summary>Gets the options for values without a codec of their own.</summary>
    public JsonSerializerOptions Options { get; }

    /// <summary>Gets or sets the call whose arguments are read; null where callbacks can't be.</summary>
    internal Invocation? Invocation { get; set; }

    /// <summary>Opens a callback that came as an argument.</summary>
    /// <param name="number">Its number in the call.</param>
    /// <returns>Where its calls go.</returns>
    /// <exception cref="NotSupportedException">A callback can't be here.</exception>
    internal readonly ProxyCaller OpenCallback(int number) =>
        Invocation?.OpenCallback(number) ?? throw new NotSupportedException("A callback can only be an argument of a call.");

    /// <summary>Returns the streams of the call.</summary>
    /// <returns>The streams.</returns>
    /// <exception cref="JsonException">The call has none.</exception>
    internal readonly ICallStreams StreamsOfCall() => _streams ?? throw new JsonException("A stream is expected, and there is none.");
}
