using AppNet.Generators.Models;

namespace AppNet.Generators.Emission;

/// <summary>Writes the class that describes a delegate: what calls it from another peer, and the delegate as a function.</summary>
internal static class CallbackEmitter
{
    private const string Space = "global::AppNet.Connections.";

    /// <summary>Writes the classes of a function's callbacks, inside its definition.</summary>
    /// <param name="writer">Where they go.</param>
    /// <param name="function">The function.</param>
    public static void Emit(SourceWriter writer, FunctionModel function)
    {
        foreach (CallbackModel callback in function.Carried.Select(parameter => parameter.Value.Callback).OfType<CallbackModel>())
        {
            writer.Line();
            Emit(writer, callback);
        }
    }

    private static void Emit(SourceWriter writer, CallbackModel callback)
    {
        FunctionModel function = callback.Function;
        string type = function.Container.Type;
        string parameters = string.Join(", ", function.Parameters.Select(p => $"{p.Value.Type} {p.Identifier}"));
        writer.Open($"private sealed class {callback.ClassName} : {Space}ContractDefinition<{type}>");
        writer.Line($"internal static readonly {callback.ClassName} Instance = new();");
        writer.Line();
        writer.Line($"public override {type} MakeProxy({Space}ProxyCaller caller) =>");
        writer.Line($"    ({parameters}) => {CallEmitter.ProxyCall(function, "caller")};");
        writer.Line();
        writer.Line($"public override global::System.Collections.Generic.IReadOnlyList<{Space}ConnectionDefinition> Describe({type} implementation) =>");
        writer.Line($"    new {Space}ConnectionDefinition[] {{ new {function.DefinitionClass}(implementation) }};");
        writer.Line();
        DefinitionEmitter.Emit(writer, function);
        writer.Close();
    }
}
