namespace AppNet.Generators.Models;

/// <summary>The type of a parameter or a result, as source text.</summary>
/// <param name="Type">The type with its namespace and nullable annotations.</param>
/// <param name="TypeOf">The same as <c>typeof</c> takes it: without an annotation of its own.</param>
/// <param name="Codec">The expression that yields its codec.</param>
internal sealed record ValueModel(string Type, string TypeOf, string Codec);
