using System.Text.Json;
using System.Text.Json.Serialization;

namespace AppNet;

/// <summary>A parameter of a function that a peer offers.</summary>
public sealed record ParameterDescription
{
    /// <summary>Gets the parameter's name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets its type as C# writes it.</summary>
    public required string Type { get; init; }

    /// <summary>Gets whether a call may leave it out.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Gets what it is then, as JSON; null when it is not optional, when its default is null, or can't be written.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Default { get; init; }
}
