using AppNet.Generators.Models;
using Microsoft.CodeAnalysis;

namespace AppNet.Generators.Parsing;

/// <summary>A marked method under examination.</summary>
/// <param name="method">The method.</param>
/// <param name="role">What it is marked as.</param>
/// <param name="tag">The tag, or the name that the attribute gives it.</param>
/// <param name="compilation">What it is compiled with.</param>
internal sealed class Subject(IMethodSymbol method, Role role, string tag, Compilation compilation)
{
    public IMethodSymbol Method { get; } = method;

    public Role Role { get; } = role;

    /// <summary>Gets whether it lacks a body, so that only other peers have the function.</summary>
    public bool IsStub => Role == Role.Stub;

    /// <summary>Gets whether it has <c>[Connect]</c>.</summary>
    public bool IsConnected => Role is Role.Function or Role.Stub;

    public string Tag { get; } = tag;

    public Compilation Compilation { get; } = compilation;

    /// <summary>Gets where the method is named.</summary>
    public LocationModel Location { get; } = LocationModel.From(method.Locations[0]);

    /// <summary>Gets the method for people, <c>Type.Method</c>.</summary>
    public string Name { get; } = method.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat
        .WithParameterOptions(SymbolDisplayParameterOptions.None)
        .WithMemberOptions(SymbolDisplayMemberOptions.IncludeContainingType));

    /// <summary>Gets the parameters that the wire carries.</summary>
    public IEnumerable<IParameterSymbol> Carried =>
        Method.Parameters.Where(parameter => KindOf(parameter) == ParameterKind.Value);

    /// <summary>Says who gives a parameter its argument.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <returns>The kind.</returns>
    public ParameterKind KindOf(IParameterSymbol parameter) => ParameterKinds.Of(parameter, Role);

    /// <summary>Describes a fault of the method as a whole.</summary>
    /// <param name="descriptor">The kind of fault.</param>
    /// <param name="details">What its message names after the method and its attribute.</param>
    /// <returns>The fault.</returns>
    public DiagnosticModel Fault(DiagnosticDescriptor descriptor, params string[] details) =>
        new(descriptor, Location, new[] { Name, Role.Attribute() }.Concat(details).ToEquatableArray());

    /// <summary>Describes a fault of one parameter.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="descriptor">The kind of fault.</param>
    /// <param name="details">What its message names after the method and its attribute.</param>
    /// <returns>The fault.</returns>
    public DiagnosticModel Fault(IParameterSymbol parameter, DiagnosticDescriptor descriptor, params string[] details) =>
        Fault(descriptor, details) with { Location = LocationModel.From(parameter.Locations[0]) };
}
