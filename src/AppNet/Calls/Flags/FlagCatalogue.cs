using System.ComponentModel;

namespace AppNet.Calls;

/// <summary>
/// The handlers of flags in this process, as the module initializers of its assemblies add them. Every peer of the process uses
/// them. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class FlagCatalogue
{
    private static readonly Lock Gate = new();

    // Guarded by Gate.
    private static readonly List<KeyValuePair<string, Func<FlagContext, object?>>> Handlers = [];

    private static volatile int _count;

    /// <summary>Gets how many handlers were added so far. It only grows.</summary>
    internal static int Count => _count;

    /// <summary>Adds a handler. Called by module initializers, from any thread.</summary>
    /// <param name="name">The flag's name.</param>
    /// <param name="handler">Gives the value that becomes the call's result, or throws.</param>
    public static void Add(string name, Func<FlagContext, object?> handler)
    {
        Flag.CheckName(name);
        ArgumentNullException.ThrowIfNull(handler);
        lock (Gate)
        {
            Handlers.Add(new(name, handler));
            _count = Handlers.Count;
        }
    }

    /// <summary>Returns the handlers added so far.</summary>
    /// <returns>A copy, in the order in which they were added.</returns>
    internal static KeyValuePair<string, Func<FlagContext, object?>>[] Snapshot()
    {
        lock (Gate)
        {
            return [.. Handlers];
        }
    }
}
