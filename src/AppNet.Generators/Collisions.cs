using System.Collections.Immutable;
using AppNet.Generators.Models;

namespace AppNet.Generators;

/// <summary>Finds the faults that show only when all functions of an assembly are seen together.</summary>
internal static class Collisions
{
    /// <summary>Examines all functions.</summary>
    /// <param name="parsed">What the <c>[Connect]</c> attributes came to.</param>
    /// <param name="hasExtensions">Whether the language has extension blocks.</param>
    /// <returns>The faults.</returns>
    public static IEnumerable<DiagnosticModel> Of(ImmutableArray<ParsedFunction> parsed, bool hasExtensions)
    {
        if (!hasExtensions && parsed.FirstOrDefault() is { } first)
        {
            yield return new DiagnosticModel(Diagnostics.OldLanguage, first.Location, default);
        }

        ParsedFunction[] sound = [.. parsed.Where(one => one.Function is not null)];
        DiagnosticModel[] overloads = [.. Doubles(
            sound,
            one => (one.Function!.Container, one.Function.Signature),
            (one, other) => Fault(Diagnostics.DoubledOverload, one, other))];
        IEnumerable<DiagnosticModel> tags = Doubles(
            sound,
            one => one.Function!.Tag,
            (one, other) => Fault(Diagnostics.DoubledTag, one, other, one.Function!.Tag));

        // Two methods with one overload have one default tag as well: saying both would be saying it twice.
        foreach (DiagnosticModel fault in overloads.Concat(tags.Where(tag => overloads.All(o => o.Location != tag.Location))))
        {
            yield return fault;
        }
    }

    private static IEnumerable<DiagnosticModel> Doubles<TKey>(
        ParsedFunction[] functions,
        Func<ParsedFunction, TKey> key,
        Func<ParsedFunction, ParsedFunction, DiagnosticModel> fault) =>
        from @group in functions.GroupBy(key)
        from later in @group.Skip(1)
        select fault(later, @group.First());

    private static DiagnosticModel Fault(
        Microsoft.CodeAnalysis.DiagnosticDescriptor descriptor,
        ParsedFunction one,
        ParsedFunction other,
        params string[] details) =>
        new(descriptor, one.Location, new[] { Name(one), Name(other) }.Concat(details).ToEquatableArray());

    private static string Name(ParsedFunction one) => one.Function!.Name;
}
