using Microsoft.CodeAnalysis;

namespace AppNet.Generators.Parsing;

/// <summary>The types that travel as streams: as parameters and results of functions, not inside of other types.</summary>
internal static class Streams
{
    private const string Sequence = "System.Collections.Generic.IAsyncEnumerable";
    private const string Bytes = "System.IO.Stream";
    private const string Progress = "System.IProgress";

    /// <summary>Returns the type of a stream's items.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The type of the items, or null when it is no stream of items.</returns>
    public static ITypeSymbol? ItemOf(ITypeSymbol type) => type.Is(Sequence) ? ((INamedTypeSymbol)type).TypeArguments[0] : null;

    /// <summary>Returns the type of the reports of a progress.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The type of the reports, or null when it is no progress.</returns>
    public static ITypeSymbol? ReportOf(ITypeSymbol type) => type.Is(Progress) ? ((INamedTypeSymbol)type).TypeArguments[0] : null;

    /// <summary>Returns whether a type is a stream of bytes.</summary>
    /// <param name="type">The type.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsBytes(ITypeSymbol type) => type.Is(Bytes);

    /// <summary>Finds the type that is not carried in a parameter or a result of a function, which may be a stream.</summary>
    /// <param name="type">The type.</param>
    /// <param name="isResult">Whether it is the result.</param>
    /// <returns>The type that is not carried, or null when all is.</returns>
    public static ITypeSymbol? NotCarried(ITypeSymbol type, bool isResult)
    {
        if (IsBytes(type))
        {
            return null;
        }

        ITypeSymbol? part = ItemOf(type) ?? (isResult ? null : ReportOf(type));
        return Carriage.NotCarried(part ?? type);
    }
}
