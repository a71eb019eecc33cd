using AppNet.Generators.Models;

namespace AppNet.Generators.Emission;

/// <summary>Writes the class that describes a contract: its proxy, and its methods as functions.</summary>
internal static class ContractEmitter
{
    private const string Space = "global::AppNet.Connections.";

    /// <summary>Writes the file.</summary>
    /// <param name="contract">The contract.</param>
    /// <returns>The source.</returns>
    public static string Emit(ContractModel contract)
    {
        string type = contract.Container.Type;
        var writer = new SourceWriter();
        writer.Line();
        writer.Line(SourceWriter.Hidden);
        writer.Open($"internal sealed class {contract.ClassName} : {Space}ContractDefinition<{type}>");
        writer.Line($"internal static readonly {contract.ClassName} Instance = new();");
        writer.Line();
        writer.Line($"public override {type} MakeProxy({Space}ProxyCaller caller) => new Proxy(caller);");
        writer.Line();
        writer.Line($"public override global::System.Collections.Generic.IReadOnlyList<{Space}ConnectionDefinition> Describe({type} implementation) =>");
        string definitions = string.Join(", ", contract.Methods.Select(method => $"new {method.DefinitionClass}(implementation)"));
        writer.Line($"    new {Space}ConnectionDefinition[] {{ {definitions} }};");
        writer.Line();
        WriteProxy(writer, contract);
        foreach (FunctionModel method in contract.Methods)
        {
            writer.Line();
            DefinitionEmitter.Emit(writer, method);
        }

        writer.Close();
        return writer.ToString();
    }

    /// <summary>Returns the statement that adds the contract to the catalogue.</summary>
    /// <param name="contract">The contract.</param>
    /// <returns>The statement.</returns>
    public static string Addition(ContractModel contract) =>
        $"global::AppNet.Connections.ContractCatalogue.Add(global::{contract.ClassName}.Instance);";

    private static void WriteProxy(SourceWriter writer, ContractModel contract)
    {
        writer.Open($"private sealed class Proxy : {contract.Container.Type}");
        writer.Line($"private readonly {Space}ProxyCaller _caller;");
        writer.Line();
        writer.Line($"internal Proxy({Space}ProxyCaller caller) => _caller = caller;");
        for (int index = 0; index < contract.Methods.Count; index++)
        {
            writer.Line();
            FunctionModel method = contract.Methods[index];
            string parameters = string.Join(", ", method.Parameters.Select(p => $"{p.Value.Type} {p.Identifier}"));
            writer.Line($"{CallEmitter.ReturnType(method)} {method.Container.Type}.{method.Method}({parameters}) =>");
            writer.Line($"    {CallEmitter.ProxyCall(method, "this._caller")};");
        }

        writer.Close();
    }
}
