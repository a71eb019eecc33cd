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

    /// <summary>Adds functions. Called by module initializers, from any thread.</summary>
    /// <param name="definitions">The functions.</param>
    public static void Add(params ReadOnlySpan<ConnectionDefinition> definitions)
    {
        lock (Gate)
        {
            Definitions.AddRange(definitions);
        }
    }

    /// <summary>Returns the functions added so far.</summary>
    /// <returns>A copy.</returns>
    internal static ConnectionDefinition[] Snapshot()
    {
        lock (Gate)
        {
            return [.. Definitions];
        }
    }
}
