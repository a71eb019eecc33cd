namespace AppNet.Generators.Models;

/// <summary>One connected function that has no fault: all that is needed to write its code.</summary>
/// <param name="Container">The type that holds the method.</param>
/// <param name="Method">The method's name as source text.</param>
/// <param name="DefinitionClass">The name of its definition's class, unique in its container.</param>
/// <param name="Accessibility">The method's accessibility: <c>public</c> or <c>internal</c>.</param>
/// <param name="Tag">The tag.</param>
/// <param name="Name">The default name, <c>namespace.type.method</c>.</param>
/// <param name="Documentation">Its documentation.</param>
/// <param name="Attributes">The attributes that the overload repeats, one each.</param>
/// <param name="Parameters">All parameters, in order.</param>
/// <param name="Result">The result.</param>
/// <param name="Signature">What two functions of one type must not share: name and types that the overload takes.</param>
/// <param name="IsStub">Whether only other peers have the function.</param>
/// <param name="IsInstance">Whether it is a method of a service, which each call takes from its scope.</param>
/// <param name="Target">The type of the object that the definition is given to call the method on, or null.</param>
/// <param name="Groups">The groups whose peers may call it, or null for all.</param>
internal sealed record FunctionModel(
    ContainerModel Container,
    string Method,
    string DefinitionClass,
    string Accessibility,
    string Tag,
    string Name,
    DocumentationModel Documentation,
    EquatableArray<string> Attributes,
    EquatableArray<ParameterModel> Parameters,
    ResultModel Result,
    string Signature,
    bool IsStub,
    bool IsInstance = false,
    string? Target = null,
    EquatableArray<string>? Groups = null)
{
    /// <summary>Gets the parameters that the wire carries.</summary>
    public IReadOnlyList<ParameterModel> Carried => [.. Parameters.Where(p => p.Kind == ParameterKind.Value)];

    /// <summary>Gets the expression that yields the definition.</summary>
    public string Definition => $"global::{Container.DefinitionsClass}.{DefinitionClass}.Instance";

    /// <summary>Gets the expression for what has the method.</summary>
    public string Callee => Target is not null ? "_target!"
        : IsInstance ? $"invocation.GetService<{Container.Type}>()"
        : Container.Type;

    /// <summary>Gets the type of all arguments together.</summary>
    public string ArgumentsType => ParameterModel.TupleOf(Carried);

    /// <summary>Gets the type of the result as definitions have it.</summary>
    public string ResultType => Result.Value?.Type ?? "global::AppNet.Connections.NoResult";
}
