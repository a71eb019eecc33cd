using AppNet.Connections;

namespace AppNet.Calls;

/// <summary>
/// The callbacks that a call has given to the other side: there as long as the call waits for its answer. They run in the context in which
/// the call was made.
/// </summary>
/// <param name="tag">The function that was called, for messages.</param>
/// <param name="callbacks">The functions of each callback, in the order of their numbers, which begin with 1.</param>
internal sealed class GivenCallbacks(string tag, IReadOnlyList<IReadOnlyList<ConnectionDefinition>> callbacks)
{
    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private readonly Lock _gate = new();

    // Guarded by _gate.
    private readonly Dictionary<ConnectionDefinition, IncomingFunction> _functions = [];

    /// <summary>Finds what a call back is for.</summary>
    /// <param name="number">The callback's number.</param>
    /// <param name="method">The method's name; empty for a delegate.</param>
    /// <returns>The function, or null when the call has given no such callback.</returns>
    public IncomingFunction? Find(int number, string method)
    {
        if (number < 1 || number > callbacks.Count || FindDefinition(callbacks[number - 1], method) is not { } definition)
        {
            return null;
        }

        lock (_gate)
        {
            if (!_functions.TryGetValue(definition, out var function))
            {
                var name = method.Length == 0 ? $"callback {number} of {tag}" : $"{definition.Name} given to {tag}";
                function = new IncomingFunction(name, new Connection(definition), _context);
                _functions.Add(definition, function);
            }

            return function;
        }
    }

    private static ConnectionDefinition? FindDefinition(IReadOnlyList<ConnectionDefinition> functions, string method) =>
        method.Length == 0
            ? functions.Count == 1 ? functions[0] : null
            : functions.FirstOrDefault(function => string.Equals(CallbackTag.MethodOf(function.Tag), method, StringComparison.Ordinal));
}
