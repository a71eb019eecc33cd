using AppNet.Generators.Models;
using Microsoft.CodeAnalysis;

namespace AppNet.Generators.Parsing;

/// <summary>Describes the type around a method.</summary>
internal static class ContainerParser
{
    /// <summary>Describes the type.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The model.</returns>
    public static ContainerModel Parse(INamedTypeSymbol type) =>
        new(
            type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            IsPublic(type) ? "public" : "internal",
            Names.Key(Names.MetadataName(type)));

    /// <summary>Returns the types around a method, innermost first.</summary>
    /// <param name="method">The method.</param>
    /// <returns>The types.</returns>
    public static IEnumerable<INamedTypeSymbol> Around(IMethodSymbol method)
    {
        for (INamedTypeSymbol? type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            yield return type;
        }
    }

    private static bool IsPublic(INamedTypeSymbol type) =>
        type.DeclaredAccessibility == Accessibility.Public && (type.ContainingType is null || IsPublic(type.ContainingType));
}
