namespace AppNet.Generators.Models;

/// <summary>A parameter that is a delegate, which the function calls back.</summary>
/// <param name="ClassName">The name of the class that describes it, unique in the function's definition.</param>
/// <param name="Function">The delegate as a function.</param>
internal sealed record CallbackModel(string ClassName, FunctionModel Function);
