using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;

namespace AppNet.Generators.Parsing;

/// <summary>Derives the names of generated types, readable and without collisions.</summary>
internal static class Names
{
    /// <summary>Returns an identifier's ending for a dotted name.</summary>
    /// <param name="name">The name; a <c>+</c> parts nested types, a backtick the number of type parameters.</param>
    /// <returns>The same with underscores, and a hash where those alone might be another name's too.</returns>
    public static string Key(string name)
    {
        var text = new StringBuilder(name.Length + 9);
        bool ambiguous = false;
        foreach (char character in name)
        {
            ambiguous |= character != '.' && !char.IsLetterOrDigit(character);
            text.Append(char.IsLetterOrDigit(character) ? character : '_');
        }

        return ambiguous ? text.Append('_').Append(Hash(name)).ToString() : text.ToString();
    }

    /// <summary>Returns a type's name in its assembly, as metadata has it.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The name, such as <c>Space.Outer+Inner`1</c>.</returns>
    public static string MetadataName(INamedTypeSymbol type)
    {
        if (type.ContainingType is { } outer)
        {
            return MetadataName(outer) + "+" + type.MetadataName;
        }

        return type.ContainingNamespace.IsGlobalNamespace
            ? type.MetadataName
            : type.ContainingNamespace.ToDisplayString() + "." + type.MetadataName;
    }

    /// <summary>Returns the name of a method's definition class, which is not a member's name and unique in the type.</summary>
    /// <param name="method">The method.</param>
    /// <returns>The name.</returns>
    public static string DefinitionClass(IMethodSymbol method) => Overload(method, method.Name + "_Definition");

    /// <summary>Returns the name of the class that describes an event, unique in the type that declares it.</summary>
    /// <param name="method">The event's method.</param>
    /// <returns>The name.</returns>
    public static string EventClass(IMethodSymbol method) => Overload(method, method.Name + "_Event");

    /// <summary>Returns an identifier's ending for a method that no other method of the assembly has.</summary>
    /// <param name="method">The method.</param>
    /// <returns>The ending.</returns>
    public static string Key(IMethodSymbol method) =>
        Overload(method, Key(MetadataName(method.ContainingType) + "." + method.Name));

    // Files are named after it as well, and those are equal when only their case differs.
    private static string Overload(IMethodSymbol method, string name) =>
        method.ContainingType.GetMembers().Count(other => string.Equals(other.Name, method.Name, StringComparison.OrdinalIgnoreCase)) > 1
            ? name + "_" + Hash(method.GetDocumentationCommentId() ?? method.Name)
            : name;

    /// <summary>Hashes a text the same way in every process (FNV-1a of 32 bits over its characters).</summary>
    private static string Hash(string text)
    {
        uint hash = 2166136261;
        foreach (char character in text)
        {
            hash = unchecked((hash ^ character) * 16777619);
        }

        return hash.ToString("x8", CultureInfo.InvariantCulture);
    }
}
