namespace AppNet.Generators.Models;

/// <summary>All connected functions of one type.</summary>
/// <param name="Container">The type.</param>
/// <param name="Functions">The functions, in the order of their definitions' names.</param>
internal sealed record TypeModel(ContainerModel Container, EquatableArray<FunctionModel> Functions);
