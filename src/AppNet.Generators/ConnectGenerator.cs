using System.Collections.Immutable;
using AppNet.Generators.Emission;
using AppNet.Generators.Models;
using AppNet.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AppNet.Generators;

/// <summary>
/// Writes, for every method with <c>[Connect]</c>, the overload that takes a peer and the definition by which peers find and run
/// it; the bodies of those with <c>[Event]</c>; what calls those with <c>[Subscribe]</c> and <c>[Flag]</c>; and the module
/// initializer that registers it all.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class ConnectGenerator : IIncrementalGenerator
{
    private const int CSharp14 = 1400;

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<ParsedFunction> parsed = context.SyntaxProvider
            .ForAttributeWithMetadataName(Types.Connect, Targets.IsMethod, FunctionParser.Parse)
            .WithTrackingName(Steps.Parsed);
        IncrementalValueProvider<ImmutableArray<FunctionModel>> functions = parsed
            .Select(static (one, _) => one.Function)
            .Where(static function => function is not null)
            .Select(static (function, _) => function!)
            .WithTrackingName(Steps.Functions)
            .Collect();
        IncrementalValueProvider<bool> hasExtensions = context.ParseOptionsProvider
            .Select(static (options, _) => options is CSharpParseOptions { LanguageVersion: >= (LanguageVersion)CSharp14 })
            .WithTrackingName(Steps.Language);

        EmitTypes(context, functions, hasExtensions);
        EmitBodies(context, parsed);
        EventPipeline.Add(context);
        IncrementalValueProvider<EquatableArray<string>> additions = SubscriberPipeline.Add(context)
            .Combine(FlagPipeline.Add(context))
            .Combine(ContractPipeline.Add(context))
            .Select(static (all, _) => all.Left.Left.Concat(all.Left.Right).Concat(all.Right).ToEquatableArray());
        EmitCatalogue(context, functions, additions);
        context.ReportFaults(parsed.SelectMany(static (one, _) => one.Diagnostics));
        context.ReportFaults(parsed.Collect().Combine(hasExtensions).SelectMany(static (pair, _) => Collisions.Of(pair.Left, pair.Right)));
    }

    private static void EmitTypes(
        IncrementalGeneratorInitializationContext context,
        IncrementalValueProvider<ImmutableArray<FunctionModel>> functions,
        IncrementalValueProvider<bool> hasExtensions)
    {
        IncrementalValuesProvider<TypeModel> types = functions
            .SelectMany(static (all, _) => Grouping.ByType(all))
            .WithTrackingName(Steps.Types);
        context.RegisterSourceOutput(types.Combine(hasExtensions), static (output, pair) =>
            output.AddSource(
                pair.Left.Container.OverloadsClass + ".g.cs",
                TypeEmitter.Emit(pair.Left, withOverloads: pair.Right)));
    }

    private static void EmitBodies(
        IncrementalGeneratorInitializationContext context,
        IncrementalValuesProvider<ParsedFunction> parsed)
    {
        IncrementalValuesProvider<(BodyModel? Body, FunctionModel? Function)> bodies = parsed
            .Select(static (one, _) => (one.Body, one.Function))
            .Where(static pair => pair.Body is not null)
            .WithTrackingName(Steps.Bodies);
        context.RegisterSourceOutput(bodies, static (output, pair) =>
            output.AddSource(pair.Body!.HintName, BodyEmitter.Emit(pair.Body, pair.Function)));
    }

    private static void EmitCatalogue(
        IncrementalGeneratorInitializationContext context,
        IncrementalValueProvider<ImmutableArray<FunctionModel>> functions,
        IncrementalValueProvider<EquatableArray<string>> additions)
    {
        IncrementalValueProvider<EquatableArray<string>> definitions = functions
            .Select(static (all, _) => Grouping.Definitions(all))
            .WithTrackingName(Steps.Definitions);
        IncrementalValueProvider<(string ClassName, EquatableArray<CatalogueReference> References)> assembly = context
            .CompilationProvider
            .Select(static (compilation, cancellationToken) =>
                (CatalogueParser.ClassName(compilation), CatalogueParser.References(compilation, cancellationToken)))
            .WithTrackingName(Steps.References);
        IncrementalValueProvider<CatalogueModel> catalogue = assembly
            .Combine(definitions)
            .Combine(additions)
            .Select(static (all, _) => new CatalogueModel(
                all.Left.Left.ClassName,
                all.Left.Left.References,
                all.Left.Right,
                all.Right))
            .WithTrackingName(Steps.Catalogue);
        context.RegisterSourceOutput(catalogue, static (output, model) =>
        {
            if (model.Definitions.Count + model.Additions.Count + model.References.Count > 0)
            {
                output.AddSource(model.ClassName + ".g.cs", CatalogueEmitter.Emit(model));
            }
        });
    }
}
