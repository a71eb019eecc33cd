using System.Collections.Immutable;
using AppNet.Generators.Models;
using Microsoft.CodeAnalysis;

namespace AppNet.Generators.Parsing;

/// <summary>Finds the hook of an event.</summary>
internal static class HookParser
{
    /// <summary>Finds the method; one that takes the event's parameters comes before one that takes them as one value.</summary>
    /// <param name="subject">The event.</param>
    /// <param name="name">The hook's name.</param>
    /// <returns>The hook, or null when no accessible method fits.</returns>
    public static HookModel? Parse(Subject subject, string name)
    {
        IMethodSymbol[] fitting = [.. Named(subject.Method, name).Where(method => IsAccessible(subject, method) && IsHook(method))];
        if (fitting.FirstOrDefault(method => TakesParameters(subject, method)) is { } direct)
        {
            return new HookModel(Text(direct), TakesArguments: false);
        }

        return fitting.FirstOrDefault(method => Takes(method, Types.EventArguments)) is { } shaping
            ? new HookModel(Text(shaping), TakesArguments: true)
            : null;
    }

    /// <summary>Returns all methods that the name may mean where the event is declared.</summary>
    /// <param name="method">The event.</param>
    /// <param name="name">The name.</param>
    /// <returns>The methods of its type, of base types, and of the types around it.</returns>
    public static IEnumerable<IMethodSymbol> Named(IMethodSymbol method, string name)
    {
        foreach (INamedTypeSymbol outer in ContainerParser.Around(method))
        {
            for (INamedTypeSymbol? type = outer; type is not null; type = type.BaseType)
            {
                foreach (IMethodSymbol found in type.GetMembers(name).OfType<IMethodSymbol>())
                {
                    yield return found;
                }
            }
        }
    }

    /// <summary>Returns whether the event's type may use a method.</summary>
    /// <param name="subject">The event.</param>
    /// <param name="method">The method.</param>
    /// <returns>Whether it may.</returns>
    public static bool IsAccessible(Subject subject, IMethodSymbol method) =>
        subject.Compilation.IsSymbolAccessibleWithin(method, subject.Method.ContainingType);

    private static bool IsHook(IMethodSymbol method) =>
        method is { IsStatic: true, IsGenericMethod: false, MethodKind: MethodKind.Ordinary }
        && method.ReturnType.Is(Types.EventArguments);

    private static bool TakesParameters(Subject subject, IMethodSymbol method)
    {
        ImmutableArray<IParameterSymbol> own = subject.Method.Parameters;
        return method.Parameters.Length == own.Length
            && method.Parameters.Zip(own, (theirs, ours) =>
                theirs.RefKind is RefKind.None or RefKind.In
                && subject.Compilation.ClassifyCommonConversion(ours.Type, theirs.Type).IsImplicit).All(fits => fits);
    }

    private static bool Takes(IMethodSymbol method, string type) =>
        method.Parameters.Length == 1
        && method.Parameters[0].RefKind is RefKind.None or RefKind.In
        && method.Parameters[0].Type.Is(type);

    private static string Text(IMethodSymbol method) =>
        $"{ContainerParser.Parse(method.ContainingType).Type}.{ParameterParser.Identifier(method.Name)}";
}
