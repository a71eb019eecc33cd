using Microsoft.CodeAnalysis;

namespace AppNet.Generators.Parsing;

/// <summary>How types are named in generated code, and how the few that matter are recognised.</summary>
internal static class Types
{
    public const string Connect = "AppNet.ConnectAttribute";
    public const string Contract = "AppNet.PeerContractAttribute";
    public const string Event = "AppNet.EventAttribute";
    public const string Subscribe = "AppNet.SubscribeAttribute";
    public const string Flag = "AppNet.FlagAttribute";
    public const string Peer = "AppNet.Peer";
    public const string CallContext = "AppNet.CallContext";
    public const string EventContext = "AppNet.EventContext";
    public const string EventArguments = "AppNet.EventArguments";
    public const string FlagContext = "AppNet.FlagContext";
    public const string CancellationToken = "System.Threading.CancellationToken";

    private static readonly SymbolDisplayFormat Annotated =
        SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
            SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat MetadataName =
        new(typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    /// <summary>Returns the type as source text that means the same everywhere.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The text, with nullable annotations.</returns>
    public static string Text(ITypeSymbol type) =>
        type.TypeKind == TypeKind.Dynamic
            ? type.NullableAnnotation == NullableAnnotation.Annotated ? "object?" : "object"
            : type.ToDisplayString(Annotated);

    /// <summary>Returns the type as <c>typeof</c> takes it.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The text.</returns>
    public static string TypeOfText(ITypeSymbol type) =>
        Text(type.IsReferenceType ? type.WithNullableAnnotation(NullableAnnotation.NotAnnotated) : type);

    /// <summary>Returns the type's name with namespace and containing types, without arguments.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The name, dotted.</returns>
    public static string FullName(ITypeSymbol type) => type.OriginalDefinition.ToDisplayString(MetadataName);

    /// <summary>Returns whether the type is the one named, whatever its arguments.</summary>
    /// <param name="type">The type.</param>
    /// <param name="fullName">The name with namespace.</param>
    /// <returns>Whether it is.</returns>
    public static bool Is(this ITypeSymbol type, string fullName) =>
        fullName.EndsWith(type.Name, StringComparison.Ordinal) && string.Equals(FullName(type), fullName, StringComparison.Ordinal);
}
