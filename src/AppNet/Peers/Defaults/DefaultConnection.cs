using AppNet.Connections;

namespace AppNet.Peers;

/// <summary>A function that every peer offers. It takes whatever arguments come; what it makes of them is its own.</summary>
/// <param name="name">Its name; the tag is the one that the Python library gives it.</param>
/// <param name="summary">What it does.</param>
/// <param name="resultType">The type of its result.</param>
/// <param name="run">Runs it and returns its result to the call.</param>
internal sealed class DefaultConnection(string name, string summary, Type resultType, DefaultConnection.Runner run)
    : ConnectionDefinition(DefaultConnections.TagOf(name), name, [], resultType)
{
    /// <summary>Runs a default function. What it throws is a fault of the arguments.</summary>
    /// <param name="arguments">The arguments, unread.</param>
    /// <param name="invocation">The running call.</param>
    public delegate void Runner(ref ArgumentReader arguments, Invocation invocation);

    /// <inheritdoc/>
    public override string? Summary => summary;

    /// <inheritdoc/>
    internal override bool TakesAnyArguments => true;

    /// <inheritdoc/>
    public override void Invoke(ref ArgumentReader arguments, Invocation invocation) => run(ref arguments, invocation);
}
