using AppNet.Connections;

namespace AppNet;

/// <summary>A function that this peer offers to others, as the user sees it. Never changes.</summary>
public sealed class Connection
{
    internal Connection(ConnectionDefinition definition)
    {
        Definition = definition;
    }

    /// <summary>Gets the tag under which peers find the function.</summary>
    public string Tag => Definition.Tag;

    /// <summary>Gets the function's name, <c>namespace.type.method</c>; the tag when it has none.</summary>
    public string Name => Definition.Name;

    /// <summary>Gets the parameters that a call gives arguments for, in order.</summary>
    public IReadOnlyList<ConnectionParameter> Parameters => Definition.Parameters;

    /// <summary>Gets the type of the result, without the task around it; <see cref="void"/> for none.</summary>
    public Type ResultType => Definition.ResultType;

    /// <summary>Gets a one-line summary from the function's documentation, or null.</summary>
    public string? Summary => Definition.Summary;

    /// <summary>Gets the groups whose peers may call the function; empty: all may, unless <c>NetOptions.Authorize</c> says else.</summary>
    public IReadOnlyList<string> Groups => Definition.Groups;

    /// <summary>Gets the whole signature as C# writes it: <c>Calc.MultiplyValues(int val1, int val2 = 5) : int</c>.</summary>
    public string Signature => field ??= $"{Definition.Signature} : {SignatureText.NameOf(ResultType)}";

    /// <summary>Gets what runs the function.</summary>
    internal ConnectionDefinition Definition { get; }

    /// <summary>Returns the signature.</summary>
    /// <returns><see cref="Signature"/>.</returns>
    public override string ToString() => Signature;
}
