using AppNet.Generators.Models;

namespace AppNet.Generators.Emission;

/// <summary>Writes the body of a partial method that has none.</summary>
internal static class BodyEmitter
{
    /// <summary>Writes the body of a stub.</summary>
    /// <param name="body">The method.</param>
    /// <param name="function">The function, or null when it has a fault: then only the diagnostic is to show.</param>
    /// <returns>The source.</returns>
    public static string Emit(BodyModel body, FunctionModel? function) =>
        Emit(body, static _ => { }, writer => WriteBody(writer, body, function));

    /// <summary>Writes the body of an event, and the class that describes it.</summary>
    /// <param name="body">The method.</param>
    /// <param name="raised">The event, or null when it has a fault: then only the diagnostic is to show.</param>
    /// <returns>The source.</returns>
    public static string Emit(BodyModel body, EventModel? raised) => Emit(
        body,
        writer => EventEmitter.WriteDefinition(writer, raised),
        writer =>
        {
            if (raised is null)
            {
                WriteFault(writer, body);
            }
            else
            {
                EventEmitter.WriteBody(writer, raised);
            }
        });

    private static string Emit(BodyModel body, Action<SourceWriter> writeMembers, Action<SourceWriter> writeBody)
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

        writeMembers(writer);
        writer.Open(body.Header);
        writeBody(writer);
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
            WriteFault(writer, body);
            return;
        }

        string peer = function.Parameters.First(p => p.Kind == ParameterKind.Peer).Identifier;
        string token = function.Parameters.FirstOrDefault(p => p.Kind == ParameterKind.Token)?.Identifier ?? "default";
        writer.Line($"global::System.ArgumentNullException.ThrowIfNull({peer});");
        writer.Line($"return {CallEmitter.Call(function, peer, token)};");
    }

    private static void WriteFault(SourceWriter writer, BodyModel body) =>
        writer.Line($"throw new global::System.NotSupportedException(\"See {body.Fault}.\");");
}
