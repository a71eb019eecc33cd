using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AppNet.Generators.Parsing;

/// <summary>Says which marks are read. The others are the compiler's to report, and must not stop the rest.</summary>
internal static class Targets
{
    /// <summary>Returns whether a node is a method of any kind; an attribute elsewhere is the compiler's error.</summary>
    /// <param name="node">What has the attribute.</param>
    /// <param name="cancellationToken">Not needed.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsMethod(SyntaxNode node, CancellationToken cancellationToken) => node
        is BaseMethodDeclarationSyntax
        or AccessorDeclarationSyntax
        or LocalFunctionStatementSyntax
        or AnonymousFunctionExpressionSyntax;

    /// <summary>
    /// Returns whether an attribute is the first of its kind on its method. The parts of a partial method are found one by one, and each
    /// has the attributes of both.
    /// </summary>
    /// <param name="context">What the attribute was found on.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsFirst(GeneratorAttributeSyntaxContext context)
    {
        AttributeData found = context.Attributes[0];
        AttributeData first = AllOf(context).First();
        return first.ApplicationSyntaxReference?.SyntaxTree == found.ApplicationSyntaxReference?.SyntaxTree
            && first.ApplicationSyntaxReference?.Span == found.ApplicationSyntaxReference?.Span;
    }

    /// <summary>Returns the attributes of one kind on all parts of a method.</summary>
    /// <param name="context">What one of them was found on.</param>
    /// <returns>The attributes.</returns>
    public static IEnumerable<AttributeData> AllOf(GeneratorAttributeSyntaxContext context) =>
        context.TargetSymbol.GetAttributes().Where(
            attribute => SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, context.Attributes[0].AttributeClass));
}
