using AppNet.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AppNet.Generators.Parsing;

/// <summary>Describes the body that a partial method lacks.</summary>
internal static class BodyParser
{
    private static readonly SymbolDisplayFormat TypeHeader = new(
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    private static readonly SymbolDisplayFormat MethodHeader = SymbolDisplayFormat.FullyQualifiedFormat
        .WithGenericsOptions(
            SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints)
        .WithMemberOptions(
            SymbolDisplayMemberOptions.IncludeType
            | SymbolDisplayMemberOptions.IncludeParameters
            | SymbolDisplayMemberOptions.IncludeRef)
        .WithParameterOptions(
            SymbolDisplayParameterOptions.IncludeType
            | SymbolDisplayParameterOptions.IncludeName
            | SymbolDisplayParameterOptions.IncludeModifiers
            | SymbolDisplayParameterOptions.IncludeExtensionThis)
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>Describes the body.</summary>
    /// <param name="method">The method: a partial definition without an implementation.</param>
    /// <param name="declaration">Its declaration.</param>
    /// <param name="hintName">The name of its file.</param>
    /// <param name="fault">Why it can't be called, or null when it can.</param>
    /// <returns>The model.</returns>
    public static BodyModel Parse(
        IMethodSymbol method,
        MethodDeclarationSyntax declaration,
        string hintName,
        string? fault) => new(
            hintName,
            method.ContainingNamespace.IsGlobalNamespace ? null : method.ContainingNamespace.ToDisplayString(TypeHeaderOfNamespace),
            ContainerParser.Around(method).Reverse().Select(Header).ToEquatableArray(),
            Modifiers(declaration) + method.ToDisplayString(MethodHeader),
            fault);

    private static SymbolDisplayFormat TypeHeaderOfNamespace { get; } = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    private static string Modifiers(MethodDeclarationSyntax declaration) =>
        string.Concat(declaration.Modifiers.Select(modifier => modifier.Text + " "));

    private static string Header(INamedTypeSymbol type)
    {
        string kind = type switch
        {
            { IsRecord: true, IsValueType: true } => "record struct",
            { IsRecord: true } => "record",
            { TypeKind: TypeKind.Interface } => "interface",
            { IsValueType: true } => "struct",
            _ => "class",
        };
        return $"partial {kind} {type.ToDisplayString(TypeHeader)}";
    }
}
