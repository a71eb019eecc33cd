namespace AppNet.Generators.Models;

/// <summary>One handler of a flag that has no fault.</summary>
/// <param name="Name">The flag's name.</param>
/// <param name="ClassName">The name of the class that calls it, unique in the assembly.</param>
/// <param name="Method">The method with its type, as source text.</param>
/// <param name="TakesContext">Whether it takes a <c>FlagContext</c>.</param>
/// <param name="IsVoid">Whether it returns nothing, so that its value is null.</param>
/// <param name="Attributes">What makes it obsolete.</param>
internal sealed record FlagModel(
    string Name,
    string ClassName,
    string Method,
    bool TakesContext,
    bool IsVoid,
    EquatableArray<string> Attributes);
