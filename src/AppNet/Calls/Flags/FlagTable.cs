using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;

namespace AppNet.Calls;

/// <summary>
/// The handlers of flags that one peer has: the two built in, those of the <see cref="FlagCatalogue"/>, also of assemblies that load
/// later, and those added here. The one added last for a flag is the one that runs. Reading takes no lock.
/// </summary>
internal sealed class FlagTable
{
    private static readonly Dictionary<string, Func<FlagContext, object?>> BuiltIn = new(StringComparer.Ordinal)
    {
        [Flag.Null] = static _ => Flag.Null,
        [Flag.InvalidConnection] = static context => throw NoSuchConnection(context),
    };

    private readonly Lock _gate = new();
    private readonly Action<string>? _onReplaced;

    // Written under _gate, read without; what it refers to never changes.
    private volatile State _state = new(new ReadOnlyDictionary<string, Func<FlagContext, object?>>(BuiltIn), Catalogued: 0);

    /// <summary>Makes a table of the handlers built in and in the catalogue.</summary>
    /// <param name="onReplaced">
    /// Told the flag when a handler takes the place of another that is not built in. Called without a lock held, by whichever thread
    /// added the handler or first looked after an assembly did; must not throw.
    /// </param>
    public FlagTable(Action<string>? onReplaced = null)
    {
        _onReplaced = onReplaced;
        _ = Handlers;
    }

    /// <summary>Gets the handlers by flag: what they are now, not a view that changes.</summary>
    public IReadOnlyDictionary<string, Func<FlagContext, object?>> Handlers
    {
        get
        {
            var state = _state;
            return state.Catalogued == FlagCatalogue.Count ? state.Handlers : TakeOverCatalogue();
        }
    }

    /// <summary>Finds the handler of a flag.</summary>
    /// <param name="name">The flag.</param>
    /// <param name="handler">The handler, or null.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGet(string name, [NotNullWhen(true)] out Func<FlagContext, object?>? handler) => Handlers.TryGetValue(name, out handler);

    /// <summary>Sets the handler of a flag from now on, in place of any other.</summary>
    /// <param name="name">The flag.</param>
    /// <param name="handler">The handler.</param>
    public void Set(string name, Func<FlagContext, object?> handler)
    {
        List<string> replaced = [];
        lock (_gate)
        {
            AddLocked([new(name, handler)], _state.Catalogued, replaced);
        }

        Report(replaced);
    }

    private static NetException NoSuchConnection(FlagContext context) => new(
        NetError.NoSuchConnection,
        context.Peer is { } peer
            ? $"'{context.Connection}' on {peer}: The peer has no function under this tag. Is it connected there, and its assembly loaded?"
            : $"'{context.Connection}': This process has no function under this tag.");

    private ReadOnlyDictionary<string, Func<FlagContext, object?>> TakeOverCatalogue()
    {
        List<string> replaced = [];
        State state;
        lock (_gate)
        {
            var handlers = FlagCatalogue.Snapshot();
            AddLocked(handlers.Skip(_state.Catalogued), handlers.Length, replaced);
            state = _state;
        }

        Report(replaced);
        return state.Handlers;
    }

    private void AddLocked(
        IEnumerable<KeyValuePair<string, Func<FlagContext, object?>>> added, int catalogued, List<string> replaced)
    {
        var handlers = new Dictionary<string, Func<FlagContext, object?>>(_state.Handlers, StringComparer.Ordinal);
        foreach (var (name, handler) in added)
        {
            if (handlers.TryGetValue(name, out var former) && former != BuiltIn.GetValueOrDefault(name))
            {
                replaced.Add(name);
            }

            handlers[name] = handler;
        }

        _state = new State(handlers.AsReadOnly(), catalogued);
    }

    private void Report(List<string> replaced)
    {
        foreach (var name in replaced)
        {
            _onReplaced?.Invoke(name);
        }
    }

    private sealed record State(ReadOnlyDictionary<string, Func<FlagContext, object?>> Handlers, int Catalogued);
}
