namespace AppNet.Generators.Models;

/// <summary>A referenced assembly that has connected functions, or references one that has.</summary>
/// <param name="Alias">The <c>extern alias</c> that its types need, or null.</param>
/// <param name="Type">The type whose module adds them, without a qualifier in front.</param>
internal sealed record CatalogueReference(string? Alias, string Type);
