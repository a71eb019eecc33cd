using System.Collections.Immutable;
using AppNet.Generators.Models;

namespace AppNet.Generators;

/// <summary>Puts functions in an order that does not depend on the order of the files.</summary>
internal static class Grouping
{
    /// <summary>Gathers the functions of each type; of those with one overload only the first.</summary>
    /// <param name="functions">All functions.</param>
    /// <returns>The types.</returns>
    public static ImmutableArray<TypeModel> ByType(ImmutableArray<FunctionModel> functions) =>
    [
        .. Distinct(functions)
            .GroupBy(function => function.Container)
            .Select(group => new TypeModel(group.Key, group.ToEquatableArray())),
    ];

    /// <summary>Returns the expressions that yield the definitions.</summary>
    /// <param name="functions">All functions.</param>
    /// <returns>The expressions.</returns>
    public static EquatableArray<string> Definitions(ImmutableArray<FunctionModel> functions) =>
        Distinct(functions).Select(function => function.Definition).ToEquatableArray();

    // A second overload of one signature would only add the compiler's error to the generator's own.
    private static IEnumerable<FunctionModel> Distinct(ImmutableArray<FunctionModel> functions) =>
        functions
            .OrderBy(function => function.Definition, StringComparer.Ordinal)
            .GroupBy(function => (function.Container, function.Signature))
            .Select(group => group.First());
}
