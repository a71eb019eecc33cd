using System.Collections.Immutable;
using AppNet.Generators.Emission;
using AppNet.Generators.Models;
using AppNet.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AppNet.Generators;

/// <summary>
/// Writes, for every method with <c>[Connect]</c>, the overload that takes a peer, the definition by which peers find and run
/// it, and the module initializer that registers it.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class ConnectGenerator : IIncrementalGenerator
{
    private const int CSharp14 = 1400;

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<ParsedFunction> parsed = context.SyntaxProvider
            .ForAttributeWithMetadataName(Types.Connect, static (_, _) => true, FunctionParser.Parse)
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
        EmitCatalogue(context, functions);
        ReportFaults(context, parsed, hasExtensions);
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
        IncrementalValueProvider<ImmutableArray<FunctionModel>> functions)
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
            .Select(static (pair, _) => new CatalogueModel(pair.Left.ClassName, pair.Left.References, pair.Right))
            .WithTrackingName(Steps.Catalogue);
        context.RegisterSourceOutput(catalogue, static (output, model) =>
        {
            if (model.Definitions.Count > 0 || model.References.Count > 0)
            {
                output.AddSource(model.ClassName + ".g.cs", CatalogueEmitter.Emit(model));
            }
        });
    }

    private static void ReportFaults(
        IncrementalGeneratorInitializationContext context,
        IncrementalValuesProvider<ParsedFunction> parsed,
        IncrementalValueProvider<bool> hasExtensions)
    {
        context.RegisterSourceOutput(parsed, static (output, one) =>
        {
            foreach (DiagnosticModel fault in one.Diagnostics)
            {
                output.ReportDiagnostic(fault.ToDiagnostic());
            }
        });
        context.RegisterSourceOutput(parsed.Collect().Combine(hasExtensions), static (output, pair) =>
        {
            foreach (DiagnosticModel fault in Collisions.Of(pair.Left, pair.Right))
            {
                output.ReportDiagnostic(fault.ToDiagnostic());
            }
        });
    }
}
