using System.Collections.Immutable;
using AppNet.Generators.Emission;
using AppNet.Generators.Models;
using AppNet.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace AppNet.Generators;

/// <summary>The steps from <c>[Flag]</c> to code.</summary>
internal static class FlagPipeline
{
    /// <summary>Adds the steps.</summary>
    /// <param name="context">Where they go.</param>
    /// <returns>The statements that add the handlers to the catalogue, in an order that does not depend on that of the files.</returns>
    public static IncrementalValueProvider<EquatableArray<string>> Add(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<ParsedFlag> parsed = context.SyntaxProvider
            .ForAttributeWithMetadataName(Types.Flag, Targets.IsMethod, FlagParser.Parse)
            .Where(static one => one is not null)
            .Select(static (one, _) => one!)
            .WithTrackingName(Steps.ParsedFlags);
        IncrementalValuesProvider<FlagModel> flags = parsed
            .Select(static (one, _) => one.Flag)
            .Where(static flag => flag is not null)
            .Select(static (flag, _) => flag!)
            .WithTrackingName(Steps.Flags);

        context.RegisterSourceOutput(flags, static (output, flag) => output.AddSource(flag.ClassName + ".g.cs", FlagEmitter.Emit(flag)));
        context.ReportFaults(parsed.SelectMany(static (one, _) => one.Diagnostics));
        context.ReportFaults(parsed.Collect().SelectMany(static (all, _) => Doubles(all)));
        return flags
            .Collect()
            .Select(static (all, _) => Additions(all))
            .WithTrackingName(Steps.FlagAdditions);
    }

    private static EquatableArray<string> Additions(ImmutableArray<FlagModel> flags) =>
        flags.Select(FlagEmitter.Addition).OrderBy(addition => addition, StringComparer.Ordinal).ToEquatableArray();

    private static ImmutableArray<DiagnosticModel> Doubles(ImmutableArray<ParsedFlag> parsed) =>
    [
        .. from handlers in parsed
               .Where(one => one.Flag is not null)
               .GroupBy(one => one.Flag!.Name, StringComparer.Ordinal)
           from later in handlers.Skip(1)
           select new DiagnosticModel(
               Diagnostics.DoubledFlag,
               later.Location,
               new[] { later.Method, handlers.First().Method, handlers.Key }.ToEquatableArray()),
    ];
}
