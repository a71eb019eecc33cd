namespace AppNet.Generators.Models;

/// <summary>The result of the user's method.</summary>
/// <param name="Kind">How it is handed over.</param>
/// <param name="Value">Its type, without the task around it; null for none.</param>
/// <param name="IsDropped">Whether there is a value that nobody gets, so that it counts as none.</param>
/// <param name="Item">The type of its items, when it is a stream that is handed over at once; else null.</param>
internal sealed record ResultModel(ResultKind Kind, ValueModel? Value, bool IsDropped = false, string? Item = null);
