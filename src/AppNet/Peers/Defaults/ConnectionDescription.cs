using System.Text.Json.Serialization;

namespace AppNet;

/// <summary>A function that a peer offers, as it tells others of it: enough for a person or a tool to call it.</summary>
public sealed record ConnectionDescription
{
    /// <summary>Gets the tag under which it is called.</summary>
    public required string Tag { get; init; }

    /// <summary>Gets its name, <c>namespace.type.method</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Gets its parameters, in order.</summary>
    public IReadOnlyList<ParameterDescription> Parameters { get; init; } = [];

    /// <summary>Gets the type of its result as C# writes it; <c>void</c> for none.</summary>
    public required string ResultType { get; init; }

    /// <summary>Gets a one-line summary from its documentation, or null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Summary { get; init; }

    /// <summary>Gets the whole signature as C# writes it.</summary>
    public required string Signature { get; init; }

    /// <summary>Returns the signature.</summary>
    /// <returns><see cref="Signature"/>.</returns>
    public override string ToString() => Signature;
}
