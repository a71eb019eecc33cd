using AppNet.Generators.Models;
using Microsoft.CodeAnalysis;

namespace AppNet.Generators;

/// <summary>Reports faults.</summary>
internal static class FaultReports
{
    /// <summary>Adds the step that reports them.</summary>
    /// <param name="context">Where it goes.</param>
    /// <param name="faults">The faults.</param>
    public static void ReportFaults(
        this IncrementalGeneratorInitializationContext context,
        IncrementalValuesProvider<DiagnosticModel> faults) =>
        context.RegisterSourceOutput(faults, static (output, fault) => output.ReportDiagnostic(fault.ToDiagnostic()));
}
