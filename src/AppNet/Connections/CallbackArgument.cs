namespace AppNet.Connections;

/// <summary>A callback as an argument of a call by tag.</summary>
/// <param name="Functions">Its functions.</param>
internal sealed record CallbackArgument(IReadOnlyList<ConnectionDefinition> Functions);
