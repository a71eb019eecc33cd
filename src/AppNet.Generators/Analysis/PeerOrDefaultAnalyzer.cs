using System.Collections.Immutable;
using AppNet.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AppNet.Generators.Analysis;

/// <summary>
/// Warns of a <c>peer:</c> that comes straight from an <c>…OrDefault()</c>: null there does not fail, it runs the function here.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PeerOrDefaultAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Diagnostics.PeerOrDefault];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterOperationAction(Analyze, OperationKind.Argument);
    }

    private static void Analyze(OperationAnalysisContext context)
    {
        var argument = (IArgumentOperation)context.Operation;
        if (argument.Parameter is not { HasExplicitDefaultValue: true, Name: "peer" } parameter || !parameter.Type.Is(Types.Peer))
        {
            return;
        }

        if (Source(argument.Value) is { } source && MayBeNull(source.TargetMethod.Name))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Diagnostics.PeerOrDefault,
                argument.Syntax.GetLocation(),
                source.TargetMethod.Name,
                parameter.ContainingSymbol.Name));
        }
    }

    /// <summary>Finds the call whose value the argument is, behind conversions, <c>await</c> and <c>ConfigureAwait</c>.</summary>
    private static IInvocationOperation? Source(IOperation value) => value switch
    {
        IConversionOperation conversion => Source(conversion.Operand),
        IAwaitOperation wait => Source(wait.Operation),
        IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } task } => Source(task),
        IInvocationOperation invocation => invocation,
        _ => null,
    };

    private static bool MayBeNull(string method) =>
        method.EndsWith("OrDefault", StringComparison.Ordinal) || method.EndsWith("OrDefaultAsync", StringComparison.Ordinal);
}
