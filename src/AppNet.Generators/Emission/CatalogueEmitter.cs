using AppNet.Generators.Models;

namespace AppNet.Generators.Emission;

/// <summary>Writes the module initializer, and the mark by which referencing assemblies find it.</summary>
internal static class CatalogueEmitter
{
    /// <summary>Writes the file.</summary>
    /// <param name="catalogue">What the module initializer adds.</param>
    /// <returns>The source.</returns>
    public static string Emit(CatalogueModel catalogue)
    {
        var writer = new SourceWriter();
        foreach (string alias in catalogue.References.Select(r => r.Alias).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            writer.Line($"extern alias {alias};");
        }

        writer.Line();
        writer.Line($"[assembly: global::AppNet.Connections.ConnectionCatalogueEntry(typeof(global::{catalogue.ClassName}))]");
        writer.Line();
        writer.Line("/// <summary>Adds the functions, subscriptions and flags of this assembly and of those it references.</summary>");
        writer.Line(SourceWriter.Hidden);
        writer.Open($"public static class {catalogue.ClassName}");
        writer.Line("[global::System.Runtime.CompilerServices.ModuleInitializer]");
        writer.Open("internal static void Add()");
        WriteReferences(writer, catalogue);
        WriteDefinitions(writer, catalogue);
        foreach (string addition in catalogue.Additions)
        {
            writer.Line(addition);
        }

        writer.Close();
        writer.Close();
        return writer.ToString();
    }

    private static void WriteReferences(SourceWriter writer, CatalogueModel catalogue)
    {
        foreach (CatalogueReference reference in catalogue.References)
        {
            string type = $"{reference.Alias ?? "global"}::{reference.Type}";
            writer.Line(
                "global::System.Runtime.CompilerServices.RuntimeHelpers.RunModuleConstructor("
                + $"typeof({type}).Module.ModuleHandle);");
        }
    }

    private static void WriteDefinitions(SourceWriter writer, CatalogueModel catalogue)
    {
        if (catalogue.Definitions.Count == 0)
        {
            return;
        }

        writer.Line("global::AppNet.Connections.ConnectionCatalogue.Add(");
        for (int index = 0; index < catalogue.Definitions.Count; index++)
        {
            string end = index < catalogue.Definitions.Count - 1 ? "," : ");";
            writer.Line("    " + catalogue.Definitions[index] + end);
        }
    }
}
