using Microsoft.CodeAnalysis;

namespace AppNet.Generators.Models;

/// <summary>One fault found.</summary>
/// <param name="Descriptor">What kind.</param>
/// <param name="Location">Where.</param>
/// <param name="Arguments">What its message names.</param>
internal sealed record DiagnosticModel(
    DiagnosticDescriptor Descriptor,
    LocationModel Location,
    EquatableArray<string> Arguments)
{
    /// <summary>Makes a diagnostic of it.</summary>
    /// <returns>The diagnostic.</returns>
    public Diagnostic ToDiagnostic() =>
        Diagnostic.Create(Descriptor, Location.ToLocation(), [.. Arguments.Cast<object>()]);
}
