namespace AppNet.Generators.Models;

/// <summary>The result of the user's method.</summary>
/// <param name="Kind">How it is handed over.</param>
/// <param name="Value">Its type, without the task around it; null for none.</param>
internal sealed record ResultModel(ResultKind Kind, ValueModel? Value);
