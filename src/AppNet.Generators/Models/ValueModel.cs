namespace AppNet.Generators.Models;

/// <summary>The type of a parameter or a result, as source text.</summary>
/// <param name="Type">The type with its namespace and nullable annotations.</param>
/// <param name="TypeOf">The same as <c>typeof</c> takes it: without an annotation of its own.</param>
/// <param name="Codec">The expression that yields its codec.</param>
/// <param name="IsCallback">Whether it is called back: a delegate or a contract.</param>
/// <param name="Callback">The delegate; null for all else.</param>
internal sealed record ValueModel(string Type, string TypeOf, string Codec, bool IsCallback = false, CallbackModel? Callback = null);
