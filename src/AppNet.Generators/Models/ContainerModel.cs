namespace AppNet.Generators.Models;

/// <summary>The type that holds the user's method.</summary>
/// <param name="Type">The type with its namespace.</param>
/// <param name="Accessibility">The accessibility of the class that extends it: <c>public</c> or <c>internal</c>.</param>
/// <param name="Key">A name derived from the type's, that no other type of the assembly has and every identifier may end in.</param>
internal sealed record ContainerModel(string Type, string Accessibility, string Key)
{
    /// <summary>Gets the name of the static class with the overloads.</summary>
    public string OverloadsClass => "Overloads_of_" + Key;

    /// <summary>Gets the name of the static class with the definitions.</summary>
    public string DefinitionsClass => "Definitions_of_" + Key;
}
