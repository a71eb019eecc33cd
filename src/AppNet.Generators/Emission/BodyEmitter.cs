using AppNet.Generators.Models;

namespace AppNet.Generators.Emission;

/// <summary>Writes the body of a partial method that has none.</summary>
internal static class BodyEmitter
{
    /// <summary>Writes the file.</summary>
    /// <param name="body">The method.</param>
    /// <param name="function">The function, or null when it has a fault: then only the diagnostic is to show.</param>
    /// <returns>The source.</returns>
    public static string Emit(BodyModel body, FunctionModel? function)
    {
        var writer = new SourceWriter();
        writer.Line();
        int blocks = body.Types.Count;
        if (body.Namespace is { } space)
        {
            writer.Open("namespace " + space);
            blocks++;
        }

        foreach (string type in body.Types)
        {
            writer.Open(type);
        }

        writer.Open(body.Header);
        WriteBody(writer, body, function);
        for (; blocks >= 0; blocks--)
        {
            writer.Close();
        }

        return writer.ToString();
    }

    private static void WriteBody(SourceWriter writer, BodyModel body, FunctionModel? function)
    {
        if (function is null)
        {
            writer.Line($"throw new global::System.NotSupportedException(\"See {body.Fault}.\");");
            return;
        }

        string peer = function.Parameters.First(p => p.Kind == ParameterKind.Peer).Identifier;
        string token = function.Parameters.FirstOrDefault(p => p.Kind == ParameterKind.Token)?.Identifier ?? "default";
        writer.Line($"global::System.ArgumentNullException.ThrowIfNull({peer});");
        writer.Line($"return {CallEmitter.Call(function, peer, token)};");
    }
}
