using System.ComponentModel;

namespace AppNet.Connections;

/// <summary>Writes and reads values of one type. Stateless, for use from many threads. For generated code.</summary>
/// <typeparam name="T">The type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ValueCodec<T>
{
    /// <summary>Writes one value.</summary>
    /// <param name="writer">Where it goes.</param>
    /// <param name="value">The value.</param>
    public abstract void Write(ref ValueWriter writer, T value);

    /// <summary>Reads one value. The reader stands on the value's first token, and is left on its last.</summary>
    /// <param name="reader">Where it comes from.</param>
    /// <returns>The value.</returns>
    public abstract T Read(ref ValueReader reader);
}
