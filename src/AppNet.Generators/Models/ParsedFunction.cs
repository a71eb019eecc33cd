namespace AppNet.Generators.Models;

/// <summary>All that one <c>[Connect]</c> comes to.</summary>
/// <param name="Function">The function, or null when it has a fault.</param>
/// <param name="Body">The body to write, or null when the method has its own.</param>
/// <param name="Location">Where the method is named.</param>
/// <param name="Diagnostics">The faults.</param>
internal sealed record ParsedFunction(
    FunctionModel? Function,
    BodyModel? Body,
    LocationModel Location,
    EquatableArray<DiagnosticModel> Diagnostics);
