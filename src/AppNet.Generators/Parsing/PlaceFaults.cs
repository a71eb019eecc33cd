using AppNet.Generators.Models;
using Microsoft.CodeAnalysis;

namespace AppNet.Generators.Parsing;

/// <summary>Faults of what the method is and where it stands.</summary>
internal static class PlaceFaults
{
    /// <summary>Examines the method's kind, its types and its accessibility.</summary>
    /// <param name="subject">The method.</param>
    /// <returns>The faults.</returns>
    public static IEnumerable<DiagnosticModel> Of(Subject subject)
    {
        IMethodSymbol method = subject.Method;
        if (Oddity(method) is { } oddity)
        {
            yield return subject.Fault(Diagnostics.NotAMethod, oddity);
            yield break;
        }

        if (!method.IsStatic && OfInstance(subject) is { } instance)
        {
            yield return instance;
        }

        if (method.IsGenericMethod)
        {
            yield return subject.Fault(Diagnostics.GenericMethod);
        }

        foreach (DiagnosticModel fault in ContainerParser.Around(method).Select(type => OfType(subject, type)).OfType<DiagnosticModel>())
        {
            yield return fault;
        }

        if (!StandsInside(subject) && IsHidden(method.DeclaredAccessibility))
        {
            yield return subject.Fault(Diagnostics.Inaccessible, "it");
        }
    }

    // A connected method may be one of a service; whatever else is marked has nobody to call it on.
    private static DiagnosticModel? OfInstance(Subject subject)
    {
        if (subject.Role != Role.Function)
        {
            return subject.Fault(Diagnostics.InstanceMethod);
        }

        return subject.Method.ContainingType.IsValueType
            ? subject.Fault(Diagnostics.ServiceShape, subject.Method.ContainingType.Name)
            : null;
    }

    private static DiagnosticModel? OfType(Subject subject, INamedTypeSymbol type)
    {
        if (!StandsInside(subject) && type.TypeParameters.Length > 0)
        {
            return subject.Fault(Diagnostics.GenericType, type.ToDisplayString());
        }

        if (type.IsFileLocal)
        {
            return subject.Fault(Diagnostics.FileType, type.Name);
        }

        return !StandsInside(subject) && IsHidden(type.DeclaredAccessibility)
            ? subject.Fault(Diagnostics.Inaccessible, $"the type '{type.Name}'")
            : null;
    }

    // The code of an event is all in the type that declares it, where whatever the type can use can be used.
    private static bool StandsInside(Subject subject) => subject.Role == Role.Event;

    private static string? Oddity(IMethodSymbol method)
    {
        // The members of an extension block stand in a type without a name of its own.
        if (method.MethodKind is MethodKind.LocalFunction or MethodKind.AnonymousFunction)
        {
            return "a local function or a lambda, which only its own method can name";
        }

        if (method.MethodKind != MethodKind.Ordinary || method.ContainingType is not { CanBeReferencedByName: true })
        {
            return "an accessor, an operator or an extension member";
        }

        return method is { IsStatic: true } and ({ IsAbstract: true } or { IsVirtual: true })
            ? "a static member that other types implement"
            : null;
    }

    private static bool IsHidden(Accessibility accessibility) =>
        accessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal;
}
