using AppNet.Generators.Models;
using Microsoft.CodeAnalysis;

namespace AppNet.Generators.Parsing;

/// <summary>Faults that only an event has.</summary>
internal static class EventFaults
{
    /// <summary>Examines whether the body is the generator's to write.</summary>
    /// <param name="subject">The method.</param>
    /// <param name="declaration">Its declaration.</param>
    /// <returns>The faults.</returns>
    public static IEnumerable<DiagnosticModel> OfShape(Subject subject, SyntaxNode declaration)
    {
        if (!Bodies.IsNotInSource(subject.Method, declaration))
        {
            bool isPartial = subject.Method.IsPartialDefinition || subject.Method.PartialDefinitionPart is not null;
            yield return subject.Fault(
                Diagnostics.EventShape,
                isPartial ? "it has a body, which the generator writes; remove it" : "it is not partial; make it so, without a body");
        }
    }

    /// <summary>Examines the result.</summary>
    /// <param name="subject">The method.</param>
    /// <returns>The faults.</returns>
    public static IEnumerable<DiagnosticModel> OfResult(Subject subject)
    {
        IMethodSymbol method = subject.Method;
        if (ResultParser.KindOf(method) == ResultKind.Direct || ResultParser.ValueOf(method) is not null)
        {
            yield return subject.Fault(
                Diagnostics.EventResult,
                method.ReturnType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat));
        }
    }

    /// <summary>Examines the hook.</summary>
    /// <param name="subject">The method.</param>
    /// <param name="hook">The hook's name, or null for none.</param>
    /// <returns>The faults.</returns>
    public static IEnumerable<DiagnosticModel> OfHook(Subject subject, string? hook)
    {
        if (hook is null || HookParser.Parse(subject, hook) is not null)
        {
            yield break;
        }

        IMethodSymbol[] named = [.. HookParser.Named(subject.Method, hook)];
        yield return named.Any(method => HookParser.IsAccessible(subject, method))
            ? subject.Fault(Diagnostics.HookShape, hook)
            : subject.Fault(
                Diagnostics.NoHook,
                hook,
                named.Length > 0 ? "is not accessible here" : $"is not a method of '{subject.Method.ContainingType.Name}'");
    }
}
