using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AppNet.Generators.Parsing;

/// <summary>Says which partial methods lack a body.</summary>
internal static class Bodies
{
    /// <summary>
    /// Attributes for which a generator writes the body, this one for events. What others write is not seen here, so that
    /// these are the only ones known.
    /// </summary>
    private static readonly string[] Writers =
    [
        Types.Event,
        "System.Runtime.InteropServices.LibraryImportAttribute",
        "System.Runtime.InteropServices.JavaScript.JSImportAttribute",
        "System.Text.RegularExpressions.GeneratedRegexAttribute",
        "Microsoft.Extensions.Logging.LoggerMessageAttribute",
    ];

    /// <summary>Returns whether a method is a partial definition for which nobody writes a body.</summary>
    /// <param name="method">The method.</param>
    /// <param name="declaration">Its declaration.</param>
    /// <returns>Whether it lacks one.</returns>
    public static bool IsMissing(IMethodSymbol method, SyntaxNode declaration) =>
        IsNotInSource(method, declaration)
        && !method.GetAttributes().Any(
            attribute => attribute.AttributeClass is { } type && Writers.Any(writer => type.Is(writer)));

    /// <summary>Returns whether a method is a partial definition whose body, if it has one, is written by a generator.</summary>
    /// <param name="method">The method.</param>
    /// <param name="declaration">Its declaration.</param>
    /// <returns>Whether the source has no body.</returns>
    public static bool IsNotInSource(IMethodSymbol method, SyntaxNode declaration) =>
        declaration is MethodDeclarationSyntax { Body: null, ExpressionBody: null }
        && method is { IsPartialDefinition: true, PartialImplementationPart: null };

    /// <summary>Returns whether the body can be written: a file type has no parts in other files.</summary>
    /// <param name="method">The method.</param>
    /// <returns>Whether it can.</returns>
    public static bool CanBeWritten(IMethodSymbol method) => !ContainerParser.Around(method).Any(type => type.IsFileLocal);
}
