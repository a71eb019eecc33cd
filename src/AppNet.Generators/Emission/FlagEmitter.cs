using AppNet.Generators.Models;

namespace AppNet.Generators.Emission;

/// <summary>Writes what calls the handler of a flag, in the one shape that the library knows.</summary>
internal static class FlagEmitter
{
    /// <summary>Writes the file.</summary>
    /// <param name="flag">The handler.</param>
    /// <returns>The source.</returns>
    public static string Emit(FlagModel flag)
    {
        var writer = new SourceWriter();
        writer.Line();
        writer.Line(SourceWriter.Hidden);
        writer.Open($"internal static class {flag.ClassName}");
        if (flag.Attributes.Count > 0)
        {
            // The only code that may call a method whose use is an error is code that is obsolete itself.
            writer.Line("[global::System.Obsolete]");
        }

        string call = $"{flag.Method}({(flag.TakesContext ? "context" : string.Empty)})";
        writer.Open("internal static object? Handle(global::AppNet.FlagContext context)");
        if (flag.IsVoid)
        {
            writer.Line(call + ";");
            writer.Line("return null;");
        }
        else
        {
            writer.Line($"return {call};");
        }

        writer.Close();
        writer.Close();
        return writer.ToString();
    }

    /// <summary>Returns the statement that adds the handler to the catalogue.</summary>
    /// <param name="flag">The handler.</param>
    /// <returns>The statement.</returns>
    public static string Addition(FlagModel flag) =>
        $"global::AppNet.Calls.FlagCatalogue.Add({Literals.Text(flag.Name)}, global::{flag.ClassName}.Handle);";
}
