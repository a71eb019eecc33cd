using AppNet.Generators.Models;
using Microsoft.CodeAnalysis;

namespace AppNet.Generators.Parsing;

/// <summary>Faults of a partial method without a body.</summary>
internal static class StubFaults
{
    /// <summary>Examines a stub.</summary>
    /// <param name="subject">The method.</param>
    /// <returns>The faults; none when it has a body.</returns>
    public static IEnumerable<DiagnosticModel> Of(Subject subject)
    {
        if (subject.IsStub && Shape(subject) is { } shape)
        {
            yield return subject.Fault(Diagnostics.StubShape, shape);
        }
    }

    private static string? Shape(Subject subject)
    {
        IParameterSymbol[] peers = [.. subject.Method.Parameters.Where(p => subject.KindOf(p) == ParameterKind.Peer)];
        if (peers.Length != 1)
        {
            return "it needs one parameter of type Peer";
        }

        if (peers[0].IsOptional || peers[0].NullableAnnotation == NullableAnnotation.Annotated)
        {
            return "its Peer can't be optional or null";
        }

        if (subject.Method.Parameters.Any(p => subject.KindOf(p) == ParameterKind.Context))
        {
            return "a CallContext exists only where the function runs";
        }

        return ResultParser.KindOf(subject.Method) == ResultKind.Direct && Streams.ItemOf(subject.Method.ReturnType) is null
            ? "it must return a Task, a ValueTask or an IAsyncEnumerable"
            : null;
    }
}
