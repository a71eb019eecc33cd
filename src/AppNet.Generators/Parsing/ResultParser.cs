using AppNet.Generators.Models;
using Microsoft.CodeAnalysis;

namespace AppNet.Generators.Parsing;

/// <summary>Describes the result of a method.</summary>
internal static class ResultParser
{
    private const string Task = "System.Threading.Tasks.Task";
    private const string ValueTask = "System.Threading.Tasks.ValueTask";

    /// <summary>Describes the result.</summary>
    /// <param name="method">The method.</param>
    /// <returns>The model.</returns>
    public static ResultModel Parse(IMethodSymbol method)
    {
        ITypeSymbol? value = ValueOf(method);
        ITypeSymbol? item = KindOf(method) == ResultKind.Direct && value is not null ? Streams.ItemOf(value) : null;
        return new ResultModel(
            KindOf(method),
            value is null ? null : Codecs.Describe(value),
            Item: item is null ? null : Types.Text(item));
    }

    /// <summary>Returns how the result is handed over.</summary>
    /// <param name="method">The method.</param>
    /// <returns>The kind.</returns>
    public static ResultKind KindOf(IMethodSymbol method)
    {
        if (method.ReturnType.Is(Task))
        {
            return ResultKind.Task;
        }

        return method.ReturnType.Is(ValueTask) ? ResultKind.ValueTask : ResultKind.Direct;
    }

    /// <summary>Returns the type of the result without the task around it.</summary>
    /// <param name="method">The method.</param>
    /// <returns>The type, or null for none.</returns>
    public static ITypeSymbol? ValueOf(IMethodSymbol method)
    {
        if (method.ReturnsVoid)
        {
            return null;
        }

        return KindOf(method) == ResultKind.Direct
            ? method.ReturnType
            : ((INamedTypeSymbol)method.ReturnType).TypeArguments.FirstOrDefault();
    }
}
