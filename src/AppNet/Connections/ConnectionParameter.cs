namespace AppNet.Connections;

/// <summary>One parameter of a connected function.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Type">The parameter's type.</param>
/// <param name="IsOptional">Whether a call may leave it out.</param>
/// <param name="DefaultValue">What it is then; null also when it is not optional.</param>
public sealed record ConnectionParameter(string Name, Type Type, bool IsOptional = false, object? DefaultValue = null);
