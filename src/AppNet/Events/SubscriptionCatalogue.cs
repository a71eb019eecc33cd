using System.ComponentModel;

namespace AppNet.Events;

/// <summary>
/// The standing rules of this process, as the module initializers of its assemblies add them. Every peer of the process keeps them from
/// its start on. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SubscriptionCatalogue
{
    private static readonly Lock Gate = new();

    // Guarded by Gate.
    private static readonly List<SubscriptionDefinition> Definitions = [];

    // Guarded by Gate. The peers that run, each told of rules that come later.
    private static readonly List<Action<SubscriptionDefinition>> Watchers = [];

    /// <summary>Adds rules. Called by module initializers, from any thread.</summary>
    /// <param name="definitions">The rules.</param>
    public static void Add(params ReadOnlySpan<SubscriptionDefinition> definitions)
    {
        Action<SubscriptionDefinition>[] watchers;
        lock (Gate)
        {
            Definitions.AddRange(definitions);
            watchers = [.. Watchers];
        }

        foreach (var definition in definitions)
        {
            foreach (var watcher in watchers)
            {
                watcher(definition);
            }
        }
    }

    /// <summary>Returns the rules added so far.</summary>
    /// <returns>A copy, in the order in which they were added.</returns>
    internal static SubscriptionDefinition[] Snapshot()
    {
        lock (Gate)
        {
            return [.. Definitions];
        }
    }

    /// <summary>Returns the rules added so far, and tells of those added from now on.</summary>
    /// <param name="watcher">Told of each, on the thread that adds it; must not throw.</param>
    /// <returns>A copy, in the order in which they were added.</returns>
    internal static SubscriptionDefinition[] Watch(Action<SubscriptionDefinition> watcher)
    {
        lock (Gate)
        {
            Watchers.Add(watcher);
            return [.. Definitions];
        }
    }

    /// <summary>Ends what <see cref="Watch"/> began.</summary>
    /// <param name="watcher">The same.</param>
    internal static void Unwatch(Action<SubscriptionDefinition> watcher)
    {
        lock (Gate)
        {
            _ = Watchers.Remove(watcher);
        }
    }
}
