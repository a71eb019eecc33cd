using AppNet.Generators.Models;

namespace AppNet.Generators.Emission;

/// <summary>Writes the file of one type: the overloads and the definitions of its functions.</summary>
internal static class TypeEmitter
{
    /// <summary>Writes the file.</summary>
    /// <param name="type">The type.</param>
    /// <param name="withOverloads">Whether the language has extension blocks.</param>
    /// <returns>The source.</returns>
    public static string Emit(TypeModel type, bool withOverloads)
    {
        var writer = new SourceWriter();
        FunctionModel[] overloaded = [.. type.Functions.Where(function => withOverloads && !function.IsStub)];
        if (overloaded.Length > 0)
        {
            writer.Line();
            WriteOverloads(writer, type.Container, overloaded);
        }

        writer.Line();
        WriteDefinitions(writer, type);
        return writer.ToString();
    }

    private static void WriteOverloads(SourceWriter writer, ContainerModel container, FunctionModel[] functions)
    {
        writer.Line($"/// <summary>What calls the functions of <see cref=\"{container.Type}\"/> on other peers.</summary>");
        writer.Line(SourceWriter.Hidden);
        writer.Open($"{container.Accessibility} static class {container.OverloadsClass}");
        writer.Open($"extension({container.Type})");
        for (int index = 0; index < functions.Length; index++)
        {
            if (index > 0)
            {
                writer.Line();
            }

            OverloadEmitter.Emit(writer, functions[index]);
        }

        writer.Close();
        writer.Close();
    }

    private static void WriteDefinitions(SourceWriter writer, TypeModel type)
    {
        writer.Line(SourceWriter.Hidden);
        writer.Open($"internal static class {type.Container.DefinitionsClass}");
        for (int index = 0; index < type.Functions.Count; index++)
        {
            if (index > 0)
            {
                writer.Line();
            }

            DefinitionEmitter.Emit(writer, type.Functions[index]);
        }

        writer.Close();
    }
}
