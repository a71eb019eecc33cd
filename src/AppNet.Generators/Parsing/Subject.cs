using AppNet.Generators.Models;
using Microsoft.CodeAnalysis;

namespace AppNet.Generators.Parsing;

/// <summary>A connected method under examination.</summary>
/// <param name="method">The method.</param>
/// <param name="isStub">Whether it lacks a body, so that only other peers have the function.</param>
/// <param name="tag">Its tag.</param>
/// <param name="compilation">What it is compiled with.</param>
internal sealed class Subject(IMethodSymbol method, bool isStub, string tag, Compilation compilation)
{
    public IMethodSymbol Method { get; } = method;

    public bool IsStub { get; } = isStub;

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
    public ParameterKind KindOf(IParameterSymbol parameter) => ParameterKinds.Of(parameter, IsStub);

    /// <summary>Describes a fault of the method as a whole.</summary>
    /// <param name="descriptor">The kind of fault.</param>
    /// <param name="details">What its message names after the method.</param>
    /// <returns>The fault.</returns>
    public DiagnosticModel Fault(DiagnosticDescriptor descriptor, params string[] details) =>
        new(descriptor, Location, new[] { Name }.Concat(details).ToEquatableArray());

    /// <summary>Describes a fault of one parameter.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="descriptor">The kind of fault.</param>
    /// <param name="details">What its message names after the method.</param>
    /// <returns>The fault.</returns>
    public DiagnosticModel Fault(IParameterSymbol parameter, DiagnosticDescriptor descriptor, params string[] details) =>
        Fault(descriptor, details) with { Location = LocationModel.From(parameter.Locations[0]) };
}
