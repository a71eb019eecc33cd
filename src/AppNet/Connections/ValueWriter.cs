using System.ComponentModel;
using System.Text.Json;

namespace AppNet.Connections;

/// <summary>Where a codec writes. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct ValueWriter
{
    private readonly IStreamOwner? _owner;

    internal ValueWriter(Utf8JsonWriter json, JsonSerializerOptions options, IStreamOwner? owner = null)
    {
        Json = json;
        Options = options;
        _owner = owner;
    }

    /// <summary>Gets the writer of the JSON part.</summary>
    public Utf8JsonWriter Json { get; }

    /// <summary>Gets the options for values without a codec of their own.</summary>
    public JsonSerializerOptions Options { get; }

    /// <summary>Gets or sets whether callbacks can travel: only as arguments of calls.</summary>
    internal bool TakesCallbacks { get; set; }

    /// <summary>Gets the callbacks written so far, in the order of their numbers; null for none.</summary>
    internal List<IReadOnlyList<ConnectionDefinition>>? Callbacks { get; private set; }

    /// <summary>Takes note of a callback.</summary>
    /// <param name="functions">Its functions: one for a delegate, those of its methods for an implementation of a contract.</param>
    /// <returns>Its number in the call.</returns>
    /// <exception cref="NotSupportedException">A callback can't be here, or there are too many.</exception>
    internal int AddCallback(IReadOnlyList<ConnectionDefinition> functions)
    {
        if (!TakesCallbacks || Callbacks is { Count: >= ushort.MaxValue })
        {
            throw new NotSupportedException("A callback can only be an argument of a call, and a call has at most 65,535 of them.");
        }

        Callbacks ??= [];
        Callbacks.Add(functions);
        return Callbacks.Count;
    }

    /// <summary>Gets the streams that were written; null when there was none.</summary>
    internal ICallStreams? Streams { get; private set; }

    /// <summary>Returns the streams of the call, for one more.</summary>
    /// <returns>The streams.</returns>
    /// <exception cref="NotSupportedException">Here nothing but values can be written.</exception>
    internal ICallStreams BeginStreams() => Streams ??= _owner?.Begin()
        ?? throw new NotSupportedException("A stream or a progress is an argument of a call, not a part of a value.");
}
