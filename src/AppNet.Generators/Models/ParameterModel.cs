namespace AppNet.Generators.Models;

/// <summary>One parameter of the user's method.</summary>
/// <param name="Kind">Who gives it its argument.</param>
/// <param name="Identifier">Its name as source text, escaped where it is a keyword.</param>
/// <param name="Name">Its name as the wire has it.</param>
/// <param name="Value">Its type.</param>
/// <param name="Default">What the overload's signature says after <c>=</c>, or null when the parameter is required or optional by attributes.</param>
/// <param name="TypedDefault">The default as an expression of the parameter's own type, or null when it is required.</param>
/// <param name="IsParams">Whether it is a <c>params</c> array, of which the overload makes an optional array.</param>
/// <param name="Attributes">The attributes to repeat, of caller information and of defaults, with a space after each.</param>
internal sealed record ParameterModel(
    ParameterKind Kind,
    string Identifier,
    string Name,
    ValueModel Value,
    string? Default,
    string? TypedDefault,
    bool IsParams,
    string Attributes)
{
    /// <summary>Returns the type of all arguments together.</summary>
    /// <param name="carried">The parameters that the wire carries.</param>
    /// <returns>The type, as source text.</returns>
    public static string TupleOf(IReadOnlyList<ParameterModel> carried) => carried.Count switch
    {
        0 => "global::System.ValueTuple",
        1 => $"global::System.ValueTuple<{carried[0].Value.Type}>",
        _ => "(" + string.Join(", ", carried.Select(p => p.Value.Type)) + ")",
    };
}
