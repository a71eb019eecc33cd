using AppNet.Generators.Emission;
using AppNet.Generators.Models;
using AppNet.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AppNet.Generators;

/// <summary>The steps from <c>[PeerContract]</c> to code.</summary>
internal static class ContractPipeline
{
    /// <summary>Adds the steps.</summary>
    /// <param name="context">Where they go.</param>
    /// <returns>The statements that add the contracts to the catalogue, in an order that does not depend on that of the files.</returns>
    public static IncrementalValueProvider<EquatableArray<string>> Add(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<ParsedContract> parsed = context.SyntaxProvider
            .ForAttributeWithMetadataName(Types.Contract, static (node, _) => node is InterfaceDeclarationSyntax, ContractParser.Parse)
            .WithTrackingName(Steps.ParsedContracts);
        IncrementalValuesProvider<ContractModel> contracts = parsed
            .Select(static (one, _) => one.Contract)
            .Where(static contract => contract is not null)
            .Select(static (contract, _) => contract!)
            .WithTrackingName(Steps.Contracts);
        context.RegisterSourceOutput(contracts, static (output, contract) =>
            output.AddSource(contract.ClassName + ".g.cs", ContractEmitter.Emit(contract)));
        context.ReportFaults(parsed.SelectMany(static (one, _) => one.Diagnostics));
        return contracts
            .Collect()
            .Select(static (all, _) => all
                .Select(ContractEmitter.Addition)
                .OrderBy(addition => addition, StringComparer.Ordinal)
                .ToEquatableArray())
            .WithTrackingName(Steps.ContractAdditions);
    }
}
