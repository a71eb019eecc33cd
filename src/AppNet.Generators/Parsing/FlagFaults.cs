using AppNet.Generators.Models;
using Microsoft.CodeAnalysis;

namespace AppNet.Generators.Parsing;

/// <summary>Faults of the signature of a flag's handler.</summary>
internal static class FlagFaults
{
    /// <summary>Examines parameters and result.</summary>
    /// <param name="subject">The method.</param>
    /// <returns>The faults.</returns>
    public static IEnumerable<DiagnosticModel> Of(Subject subject)
    {
        if (Shape(subject.Method) is { } shape)
        {
            yield return subject.Fault(Diagnostics.FlagShape, shape);
        }
    }

    private static string? Shape(IMethodSymbol method)
    {
        if (method.Parameters.Length > 1 || method.Parameters.Any(p => p.RefKind != RefKind.None || !p.Type.Is(Types.FlagContext)))
        {
            return "it may take one FlagContext and nothing else";
        }

        if (ResultParser.KindOf(method) != ResultKind.Direct)
        {
            return "it returns a task, and a call that waits for its value would get the task; return the value itself";
        }

        return !method.ReturnsVoid && Carriage.Pointing(method.ReturnType) is { } pointing
            ? $"its result is {pointing}, which can't be an object"
            : null;
    }
}
