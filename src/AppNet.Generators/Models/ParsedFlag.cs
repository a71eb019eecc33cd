namespace AppNet.Generators.Models;

/// <summary>All that one <c>[Flag]</c> comes to.</summary>
/// <param name="Flag">The handler, or null when it has a fault.</param>
/// <param name="Method">The method for people, <c>Type.Method</c>.</param>
/// <param name="Location">Where the method is named.</param>
/// <param name="Diagnostics">The faults.</param>
internal sealed record ParsedFlag(
    FlagModel? Flag,
    string Method,
    LocationModel Location,
    EquatableArray<DiagnosticModel> Diagnostics);
