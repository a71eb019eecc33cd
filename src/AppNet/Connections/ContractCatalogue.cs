using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace AppNet.Connections;

/// <summary>The contracts of this process, as the module initializers of its assemblies add them. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ContractCatalogue
{
    private static readonly ConcurrentDictionary<Type, ContractDefinition> Definitions = new();

    /// <summary>Adds a contract. Called by module initializers, from any thread.</summary>
    /// <param name="definition">The contract.</param>
    public static void Add(ContractDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        Definitions[definition.Type] = definition;
    }

    /// <summary>Finds a contract.</summary>
    /// <typeparam name="T">The interface.</typeparam>
    /// <returns>The contract.</returns>
    /// <exception cref="ArgumentException">The interface is none.</exception>
    [SuppressMessage("Usage", "MA0015", Justification = "What is wrong is a type argument, which has no name to give.")]
    internal static ContractDefinition<T> Get<T>()
        where T : class =>
        Find(typeof(T)) as ContractDefinition<T> ?? throw new ArgumentException(
            $"'{SignatureText.NameOf(typeof(T))}' is no contract. Is it an interface with [PeerContract], in a project that the AppNet generator runs on?");

    /// <summary>Finds a contract.</summary>
    /// <param name="type">The interface.</param>
    /// <returns>The contract, or null when the type is none.</returns>
    internal static ContractDefinition? Find(Type type)
    {
        if (Definitions.TryGetValue(type, out ContractDefinition? definition))
        {
            return definition;
        }

        // A module runs when one of its types is used, and being asked for a contract is no use of one.
        RuntimeHelpers.RunModuleConstructor(type.Module.ModuleHandle);
        return Definitions.GetValueOrDefault(type);
    }
}
