using AppNet.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AppNet.Generators.Parsing;

/// <summary>Describes the parameters of a method.</summary>
internal static class ParameterParser
{
    private const string CallerPrefix = "System.Runtime.CompilerServices.Caller";

    private static readonly HashSet<string> Defaulting = new(StringComparer.Ordinal)
    {
        "System.Runtime.InteropServices.OptionalAttribute",
        "System.Runtime.InteropServices.DefaultParameterValueAttribute",
        "System.Runtime.CompilerServices.DateTimeConstantAttribute",
        "System.Runtime.CompilerServices.DecimalConstantAttribute",
    };

    /// <summary>Describes all parameters.</summary>
    /// <param name="method">The method, free of faults.</param>
    /// <param name="role">What it is marked as.</param>
    /// <returns>The models, in order.</returns>
    public static EquatableArray<ParameterModel> Parse(IMethodSymbol method, Role role) =>
        method.Parameters.Select(parameter => Parse(parameter, role)).ToEquatableArray();

    private static ParameterModel Parse(IParameterSymbol parameter, Role role)
    {
        ParameterKind kind = ParameterKinds.Of(parameter, role);
        return new ParameterModel(
            kind,
            Identifier(parameter.Name),
            parameter.Name,
            kind == ParameterKind.Value && role.TakesCallbacks() && Callbacks.Is(parameter.Type)
                ? Callbacks.Describe(parameter)
                : Codecs.Describe(parameter.Type),
            parameter.IsParams ? "null" : DefaultValues.Text(parameter),
            parameter.IsParams ? Empty(parameter.Type) : DefaultValues.TypedText(parameter),
            parameter.IsParams,
            string.Concat(parameter.GetAttributes().Where(IsRepeated).Select(attribute => AttributeText.Of(attribute) + " ")));
    }

    /// <summary>Returns a name as source text.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The name, escaped where it is a keyword.</returns>
    public static string Identifier(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None
            ? "@" + name
            : name;

    private static string Empty(ITypeSymbol type) =>
        type is IArrayTypeSymbol array
            ? $"global::System.Array.Empty<{Types.Text(array.ElementType)}>()"
            : "[]";

    private static bool IsRepeated(AttributeData attribute) =>
        attribute.AttributeClass is { } type
        && Types.FullName(type) is var name
        && (name.StartsWith(CallerPrefix, StringComparison.Ordinal) || Defaulting.Contains(name));
}
