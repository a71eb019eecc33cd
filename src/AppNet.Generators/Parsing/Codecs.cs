using AppNet.Generators.Models;
using Microsoft.CodeAnalysis;

namespace AppNet.Generators.Parsing;

/// <summary>Chooses the codec of a type: one without reflection for simple types and what is built of them, else JSON.</summary>
internal static class Codecs
{
    private const string Prefix = "global::AppNet.Connections.ValueCodecs.";

    private static readonly HashSet<string> Named = new(StringComparer.Ordinal)
    {
        "System.Numerics.BigInteger",
        "System.Guid",
        "System.DateTime",
        "System.DateTimeOffset",
        "System.DateOnly",
        "System.TimeOnly",
        "System.TimeSpan",
        "System.Uri",
    };

    /// <summary>Describes a type with its codec.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The model.</returns>
    public static ValueModel Describe(ITypeSymbol type) =>
        new(Types.Text(type), Types.TypeOfText(type), Stream(type) ?? Of(type));

    private static string Of(ITypeSymbol type) => Simple(type) ?? $"{Prefix}Json<{Types.Text(type)}>()";

    private static string? Stream(ITypeSymbol type)
    {
        if (Streams.IsBytes(type))
        {
            return Prefix + "ByteStream";
        }

        return Streams.ItemOf(type) is { } item ? $"{Prefix}Sequence({Of(item)})"
            : Streams.ReportOf(type) is { } report ? $"{Prefix}Progress({Of(report)})"
            : null;
    }

    private static string? Simple(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { IsSZArray: true, ElementType.SpecialType: SpecialType.System_Byte } => Prefix + "ByteArray",
        IArrayTypeSymbol { IsSZArray: true } array => Composed("Array", array.ElementType),
        INamedTypeSymbol { TypeKind: TypeKind.Enum } => $"{Prefix}Enum<{Types.Text(type)}>()",
        INamedTypeSymbol { TypeArguments.Length: 1 } generic => OfGeneric(generic, generic.TypeArguments[0]),
        _ => ByName(type) is { } name ? Prefix + name : null,
    };

    private static string? OfGeneric(INamedTypeSymbol type, ITypeSymbol argument)
    {
        if (type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
        {
            return Composed("Nullable", argument);
        }

        if (type.Is("System.Collections.Generic.List"))
        {
            return Composed("List", argument);
        }

        if (argument.SpecialType != SpecialType.System_Byte)
        {
            return null;
        }

        return type.Is("System.ReadOnlyMemory") ? Prefix + "ByteMemory"
            : type.Is("System.Memory") ? Prefix + "WritableByteMemory"
            : null;
    }

    private static string? Composed(string name, ITypeSymbol argument) =>
        Simple(argument) is { } inner ? $"{Prefix}{name}({inner})" : null;

    private static string? ByName(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Boolean or SpecialType.System_Char or SpecialType.System_String
            or SpecialType.System_Byte or SpecialType.System_SByte
            or SpecialType.System_Int16 or SpecialType.System_UInt16
            or SpecialType.System_Int32 or SpecialType.System_UInt32
            or SpecialType.System_Int64 or SpecialType.System_UInt64
            or SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Decimal => type.Name,
        _ => Named.Contains(Types.FullName(type)) ? type.Name : null,
    };
}
