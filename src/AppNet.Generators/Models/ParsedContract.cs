namespace AppNet.Generators.Models;

/// <summary>All that one <c>[PeerContract]</c> comes to.</summary>
/// <param name="Contract">The contract, or null when it has a fault.</param>
/// <param name="Diagnostics">The faults.</param>
internal sealed record ParsedContract(ContractModel? Contract, EquatableArray<DiagnosticModel> Diagnostics);
