using System.Collections.Immutable;
using AppNet.Generators.Models;
using Microsoft.CodeAnalysis;

namespace AppNet.Generators.Parsing;

/// <summary>Faults of a contract.</summary>
internal static class ContractFaults
{
    /// <summary>Examines a contract. Where the interface itself is wrong, its members are not examined.</summary>
    /// <param name="type">The interface.</param>
    /// <param name="methods">Its methods, inherited ones included.</param>
    /// <returns>The faults; none when a proxy can be written.</returns>
    public static ImmutableArray<DiagnosticModel> Of(INamedTypeSymbol type, IReadOnlyList<Subject> methods) =>
        OfPlace(type) is { } place
            ? [Fault(type, Diagnostics.ContractPlace, type, place)]
            : [.. OfMembers(type), .. methods.SelectMany(method => OfMethod(type, method)), .. OfNames(type, methods)];

    private static string? OfPlace(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? around = type; around is not null; around = around.ContainingType)
        {
            if (around.TypeParameters.Length > 0)
            {
                return $"'{around.Name}' is generic, and its tags would not tell one from another";
            }

            if (around.IsFileLocal)
            {
                return $"'{around.Name}' is a file type, which generated code can't name; make it internal or public";
            }

            if (around.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal)
            {
                return $"'{around.Name}' is private or protected; make it internal or public";
            }
        }

        return null;
    }

    private static IEnumerable<DiagnosticModel> OfMembers(INamedTypeSymbol type) =>
        from member in ContractParser.Members(type)
        let kind = Kind(member)
        where kind is not null
        select Fault(type, Diagnostics.ContractMember, member, kind);

    private static string? Kind(ISymbol member) => member switch
    {
        IPropertySymbol { IsIndexer: true } => "an indexer",
        IPropertySymbol { IsStatic: false } or IPropertySymbol { IsAbstract: true } => "a property",
        IEventSymbol { IsStatic: false } or IEventSymbol { IsAbstract: true } => "an event",
        IMethodSymbol { MethodKind: MethodKind.Ordinary, IsStatic: true, IsAbstract: true } => "a static method",
        IMethodSymbol { MethodKind: MethodKind.Ordinary, IsStatic: false, IsGenericMethod: true } => "a generic method",
        IMethodSymbol { MethodKind: MethodKind.UserDefinedOperator or MethodKind.Conversion, IsAbstract: true } => "an operator",
        _ => null,
    };

    private static IEnumerable<DiagnosticModel> OfMethod(INamedTypeSymbol type, Subject subject)
    {
        if (Kind(subject.Method) is not null)
        {
            return [];
        }

        if (ResultParser.KindOf(subject.Method) is not (ResultKind.Task or ResultKind.ValueTask))
        {
            string returned = subject.Method.ReturnType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
            return [Fault(type, Diagnostics.ContractResult, subject.Method, returned)];
        }

        return SignatureFaults.OfContract(subject).Select(fault => fault with { Location = Locate(type, subject.Method, fault.Location) });
    }

    private static IEnumerable<DiagnosticModel> OfNames(INamedTypeSymbol type, IReadOnlyList<Subject> methods) =>
        from named in methods.GroupBy(method => method.Method.Name, StringComparer.Ordinal)
        from later in named.Skip(1)
        select Fault(type, Diagnostics.ContractOverload, later.Method);

    private static DiagnosticModel Fault(INamedTypeSymbol type, DiagnosticDescriptor descriptor, ISymbol member, params string[] details) =>
        new(
            descriptor,
            Locate(type, member, otherwise: null),
            new[] { Name(member), Role.Contract.Attribute() }.Concat(details).ToEquatableArray());

    private static string Name(ISymbol member) => member is INamedTypeSymbol type
        ? type.Name
        : member.ContainingType.Name + "." + member.Name;

    // What is inherited from another assembly has no place in the source: then the interface has.
    private static LocationModel Locate(INamedTypeSymbol type, ISymbol member, LocationModel? otherwise) =>
        member.Locations.FirstOrDefault() is { IsInSource: true } location
            ? otherwise ?? LocationModel.From(location)
            : LocationModel.From(type.Locations[0]);
}
