using AppNet.Generators.Models;

namespace AppNet.Generators.Emission;

/// <summary>Writes the overload that takes a peer.</summary>
internal static class OverloadEmitter
{
    private const string TokenType = "global::System.Threading.CancellationToken";

    /// <summary>Writes one overload.</summary>
    /// <param name="writer">Where it goes: into an extension block.</param>
    /// <param name="function">The function, not a stub.</param>
    public static void Emit(SourceWriter writer, FunctionModel function)
    {
        string token = TokenName(function);
        WriteDocumentation(writer, function, token);
        foreach (string attribute in function.Attributes)
        {
            writer.Line(attribute);
        }

        IEnumerable<string> parameters = function.Carried.Select(Declaration)
            .Concat(["global::AppNet.Peer? peer = null", $"{TokenType} {token} = default"]);
        writer.Line($"{function.Accessibility} static {CallEmitter.ReturnType(function)} {function.Method}(");
        writer.Line("    " + string.Join(", ", parameters) + ") =>");
        writer.Line("    " + CallEmitter.Call(function, "peer", token) + ";");
    }

    private static string Declaration(ParameterModel parameter)
    {
        string type = parameter.IsParams ? parameter.Value.TypeOf + "?" : parameter.Value.Type;
        string value = parameter.Default is null ? string.Empty : " = " + parameter.Default;
        return $"{parameter.Attributes}{type} {parameter.Identifier}{value}";
    }

    /// <summary>Returns the name of the user's own token, else one that no parameter has.</summary>
    private static string TokenName(FunctionModel function)
    {
        if (function.Parameters.FirstOrDefault(p => p.Kind == ParameterKind.Token) is { } own)
        {
            return own.Identifier;
        }

        string name = "cancellationToken";
        while (function.Parameters.Any(p => string.Equals(p.Name, name, StringComparison.Ordinal)))
        {
            name += "OfCall";
        }

        return name;
    }

    private static void WriteDocumentation(SourceWriter writer, FunctionModel function, string token)
    {
        writer.Line(function.Documentation.IsWritten
            ? $"/// <inheritdoc cref=\"{Literals.Xml(function.Documentation.Id)}\"/>"
            : $"/// <summary>Runs <see cref=\"{Literals.Xml(function.Documentation.Id)}\"/> on a peer.</summary>");
        writer.Line("/// <param name=\"peer\">The peer that runs it; null runs it here, through the pipeline of a call to a peer less the wire.</param>");
        writer.Line($"/// <param name=\"{token.TrimStart('@')}\">Ends the wait here at once and tells the peer.</param>");
    }
}
