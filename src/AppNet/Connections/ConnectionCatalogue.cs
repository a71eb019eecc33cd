using System.ComponentModel;

namespace AppNet.Connections;

/// <summary>
/// The functions of this process, as the module initializers of its assemblies add them. Every peer of the process offers
/// them. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ConnectionCatalogue
{
    private static readonly Lock Gate = new();

    // Guarded by Gate.
    private static readonly List<ConnectionDefinition> Definitions = [];

    private static volatile int _count;

    /// <summary>Gets how many functions were added so far. It only grows.</summary>
    internal static int Count => _count;

    /// <summary>Adds functions. Called by module initializers, from any thread.</summary>
    /// <param name="definitions">The functions.</param>
    public static void Add(params ReadOnlySpan<ConnectionDefinition> definitions)
    {
        lock (Gate)
        {
            Definitions.AddRange(definitions);
            _count = Definitions.Count;
        }
    }

    /// <summary>Returns the functions added so far.</summary>
    /// <returns>A copy, in the order in which they were added.</returns>
    internal static ConnectionDefinition[] Snapshot()
    {
        lock (Gate)
        {
            return [.. Definitions];
        }
    }
}
