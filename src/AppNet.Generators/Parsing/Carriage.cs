using Microsoft.CodeAnalysis;

namespace AppNet.Generators.Parsing;

/// <summary>Says which types can't go over the wire.</summary>
internal static class Carriage
{
    private static readonly HashSet<string> Refused = new(StringComparer.Ordinal)
    {
        "System.Collections.Generic.IAsyncEnumerable",
        "System.Collections.Generic.IAsyncEnumerator",
        "System.IProgress",
        "System.IO.Stream",
        "System.Type",
        "System.Threading.Tasks.Task",
        "System.Threading.Tasks.ValueTask",
        Types.CancellationToken,
        Types.CallContext,
        Types.EventContext,
        Types.EventArguments,
        Types.FlagContext,
        Types.Peer,
    };

    /// <summary>Returns what makes a type point into this process, for a message.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The words, or null when it does not.</returns>
    public static string? Pointing(ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Pointer or TypeKind.FunctionPointer } => "a pointer",
        { IsRefLikeType: true } => "a span or another ref struct",
        IArrayTypeSymbol array => Pointing(array.ElementType),
        _ => null,
    };

    /// <summary>Finds the type, in it or in its arguments, that is not carried.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The type that is not carried, or null when all is.</returns>
    public static ITypeSymbol? NotCarried(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => NotCarried(array.ElementType),
        _ when IsRefused(type) => type,
        INamedTypeSymbol named => named.TypeArguments.Select(NotCarried).FirstOrDefault(argument => argument is not null),
        _ => null,
    };

    private static bool IsRefused(ITypeSymbol type) =>
        type.TypeKind == TypeKind.Delegate
        || Callbacks.IsContract(type)
        || type.SpecialType is SpecialType.System_Delegate or SpecialType.System_MulticastDelegate
        || type.SpecialType is SpecialType.System_IntPtr or SpecialType.System_UIntPtr
        || AndBases(type).Any(ancestor => Refused.Contains(Types.FullName(ancestor)));

    private static IEnumerable<ITypeSymbol> AndBases(ITypeSymbol type)
    {
        for (ITypeSymbol? ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
        {
            yield return ancestor;
        }

        foreach (INamedTypeSymbol promise in type.AllInterfaces)
        {
            yield return promise;
        }
    }
}
