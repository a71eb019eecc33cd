using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;

namespace AppNet.Connections;

/// <summary>
/// The functions that one peer offers, by tag: those of the <see cref="ConnectionCatalogue"/>, also of assemblies that load
/// later, and those added here. The one added last under a tag is the one that runs. Reading takes no lock.
/// </summary>
internal sealed class ConnectionTable
{
    private readonly Lock _gate = new();
    private readonly Action<Connection, Connection>? _onReplaced;
    private readonly IReadOnlyDictionary<string, string> _aliases;

    // Written under _gate, read without; what it refers to never changes.
    private volatile State _state = new([], ReadOnlyCollection<Connection>.Empty, Version: 0, Catalogued: 0);

    /// <summary>Makes a table of the functions in the catalogue.</summary>
    /// <param name="onReplaced">
    /// Told when a function takes the tag of another, with the old and the new one. Called without a lock held, by whichever
    /// thread added the function or first looked after an assembly did; must not throw.
    /// </param>
    /// <param name="aliases">Further names for tags, that count where no function has them as its tag; null: none.</param>
    public ConnectionTable(
        Action<Connection, Connection>? onReplaced = null, IReadOnlyDictionary<string, string>? aliases = null)
    {
        _onReplaced = onReplaced;
        _aliases = aliases ?? ReadOnlyDictionary<string, string>.Empty;
        _ = Current;
    }

    /// <summary>Gets a number that grows whenever the table changes.</summary>
    public int Version => Current.Version;

    /// <summary>Gets the functions, ordered by tag: what they are now, not a view that changes.</summary>
    public IReadOnlyList<Connection> Connections => Current.Connections;

    private State Current
    {
        get
        {
            State state = _state;
            return state.Catalogued == ConnectionCatalogue.Count ? state : TakeOverCatalogue();
        }
    }

    /// <summary>Finds the function under a tag.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="connection">The function, or null.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGet(string tag, [NotNullWhen(true)] out Connection? connection)
    {
        Dictionary<string, Connection> byTag = Current.ByTag;
        return byTag.TryGetValue(tag, out connection)
            || (_aliases.TryGetValue(tag, out string? meant) && byTag.TryGetValue(meant, out connection));
    }

    /// <summary>Offers a function from now on, in place of any other under its tag.</summary>
    /// <param name="definition">The function.</param>
    /// <returns>What users see of it.</returns>
    /// <exception cref="ArgumentException">This process does not have the function, only a stub for it.</exception>
    public Connection Add(ConnectionDefinition definition)
    {
        if (!definition.IsImplemented)
        {
            throw new ArgumentException($"'{definition.Tag}' is a stub for a function of other peers.", nameof(definition));
        }

        var connection = new Connection(definition);
        List<(Connection Old, Connection New)> replaced = [];
        lock (_gate)
        {
            AddLocked([connection], _state.Catalogued, replaced);
        }

        Report(replaced);
        return connection;
    }

    /// <summary>Offers functions no longer. One that another has replaced since is left alone, and what it replaced does not come back.</summary>
    /// <param name="connections">The functions.</param>
    public void Remove(IReadOnlyCollection<Connection> connections)
    {
        lock (_gate)
        {
            State old = _state;
            var byTag = new Dictionary<string, Connection>(old.ByTag, StringComparer.Ordinal);
            foreach (Connection connection in connections)
            {
                _ = ((ICollection<KeyValuePair<string, Connection>>)byTag).Remove(KeyValuePair.Create(connection.Tag, connection));
            }

            _state = new State(byTag, Ordered(byTag), old.Version + 1, old.Catalogued);
        }
    }

    private static ReadOnlyCollection<Connection> Ordered(Dictionary<string, Connection> byTag) =>
        Array.AsReadOnly([.. byTag.Values.OrderBy(connection => connection.Tag, StringComparer.Ordinal)]);

    private State TakeOverCatalogue()
    {
        List<(Connection Old, Connection New)> replaced = [];
        State state;
        lock (_gate)
        {
            ConnectionDefinition[] definitions = ConnectionCatalogue.Snapshot();
            IEnumerable<Connection> added = definitions
                .Skip(_state.Catalogued)
                .Where(definition => definition.IsImplemented)
                .Select(definition => new Connection(definition));
            AddLocked(added, definitions.Length, replaced);
            state = _state;
        }

        Report(replaced);
        return state;
    }

    private void AddLocked(IEnumerable<Connection> added, int catalogued, List<(Connection Old, Connection New)> replaced)
    {
        State old = _state;
        var byTag = new Dictionary<string, Connection>(old.ByTag, StringComparer.Ordinal);
        foreach (Connection connection in added)
        {
            if (byTag.TryGetValue(connection.Tag, out Connection? former))
            {
                replaced.Add((former, connection));
            }

            byTag[connection.Tag] = connection;
        }

        _state = new State(byTag, Ordered(byTag), old.Version + 1, catalogued);
    }

    private void Report(List<(Connection Old, Connection New)> replaced)
    {
        foreach ((Connection former, Connection latter) in replaced)
        {
            _onReplaced?.Invoke(former, latter);
        }
    }

    private sealed record State(
        Dictionary<string, Connection> ByTag,
        ReadOnlyCollection<Connection> Connections,
        int Version,
        int Catalogued);
}
