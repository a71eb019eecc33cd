using System.ComponentModel;

namespace AppNet.Connections;

/// <summary>An interface with <c>[PeerContract]</c> as generated code describes it. For generated code.</summary>
/// <param name="type">The interface.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ContractDefinition(Type type)
{
    /// <summary>Gets the interface.</summary>
    public Type Type { get; } = type;
}

/// <inheritdoc/>
/// <typeparam name="T">The interface.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ContractDefinition<T> : ContractDefinition
    where T : class
{
    /// <summary>Describes the interface.</summary>
    protected ContractDefinition()
        : base(typeof(T))
    {
    }

    /// <summary>Makes a proxy, whose methods are calls.</summary>
    /// <param name="caller">Where the calls go.</param>
    /// <returns>The proxy.</returns>
    public abstract T MakeProxy(ProxyCaller caller);

    /// <summary>Describes the methods of an implementation as functions.</summary>
    /// <param name="implementation">The implementation.</param>
    /// <returns>A function for each method.</returns>
    public abstract IReadOnlyList<ConnectionDefinition> Describe(T implementation);
}
