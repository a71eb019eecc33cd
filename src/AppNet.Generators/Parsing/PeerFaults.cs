using System.Collections.Immutable;
using AppNet.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AppNet.Generators.Parsing;

/// <summary>
/// Faults by which a peer given by position would reach a parameter of the user's own, so that the call ran here in silence:
/// C# looks for extension members only when no member of the type fits.
/// </summary>
internal static class PeerFaults
{
    /// <summary>Examines the method's own optional parameters and the other methods of its name.</summary>
    /// <param name="subject">The method.</param>
    /// <returns>The faults.</returns>
    public static IEnumerable<DiagnosticModel> Of(Subject subject)
    {
        if (subject.IsStub || subject.Compilation.GetTypeByMetadataName(Types.Peer) is not { } peer)
        {
            yield break;
        }

        foreach (IParameterSymbol parameter in subject.Method.Parameters.Where(p => TakesInPassing(subject, p, peer)))
        {
            yield return subject.Fault(
                parameter,
                Diagnostics.PeerSwallowed,
                $"the parameter '{parameter.Name}'",
                "make it required or give it a narrower type");
        }

        if (Others(subject).FirstOrDefault(other => TakesPeer(subject, other, peer) || TakesPeerByName(subject, other, peer)) is { } taker)
        {
            yield return subject.Fault(
                Diagnostics.PeerSwallowed,
                $"'{taker.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat)}'",
                "rename one of the two");
        }
    }

    private static bool TakesInPassing(Subject subject, IParameterSymbol parameter, ITypeSymbol peer) =>
        (parameter.IsOptional && Fits(subject, peer, parameter.Type))
        || (parameter.IsParams && Fits(subject, peer, ElementType(parameter)));

    private static IEnumerable<IMethodSymbol> Others(Subject subject)
    {
        IMethodSymbol own = subject.Method.PartialDefinitionPart ?? subject.Method;
        for (INamedTypeSymbol? type = own.ContainingType; type is not null; type = type.BaseType)
        {
            foreach (IMethodSymbol other in type.GetMembers(own.Name).OfType<IMethodSymbol>())
            {
                if (!SymbolEqualityComparer.Default.Equals(other, own) && other.MethodKind == MethodKind.Ordinary)
                {
                    yield return other;
                }
            }
        }
    }

    /// <summary>Returns whether the other method fits the arguments of this one followed by a peer.</summary>
    private static bool TakesPeer(Subject subject, IMethodSymbol other, ITypeSymbol peer)
    {
        ITypeSymbol[] arguments = [.. subject.Carried.Select(p => p.Type), peer];
        ImmutableArray<IParameterSymbol> parameters = other.Parameters;
        for (int index = 0; index < arguments.Length; index++)
        {
            IParameterSymbol? parameter = index < parameters.Length
                ? parameters[index]
                : parameters.LastOrDefault(p => p.IsParams);
            if (parameter is null || !Takes(subject, parameter, arguments[index]))
            {
                return false;
            }
        }

        return parameters.Skip(arguments.Length).All(p => p.IsOptional || p.IsParams);
    }

    /// <summary>Returns whether the other method has a parameter <c>peer</c> of its own and fits the arguments of this one.</summary>
    private static bool TakesPeerByName(Subject subject, IMethodSymbol other, ITypeSymbol peer)
    {
        IParameterSymbol[] own = [.. subject.Carried];
        IParameterSymbol[] rest = [.. other.Parameters.Where(p => !IsNamedPeer(p))];
        return other.Parameters.Any(p => IsNamedPeer(p) && Takes(subject, p, peer))
            && rest.Length >= own.Count(p => !p.IsOptional && !p.IsParams)
            && rest.Skip(own.Length).All(p => p.IsOptional || p.IsParams)
            && rest.Zip(own, (theirs, ours) => Takes(subject, theirs, ours.Type)).All(fits => fits);
    }

    private static bool IsNamedPeer(IParameterSymbol parameter) =>
        string.Equals(parameter.Name, "peer", StringComparison.Ordinal);

    private static bool Takes(Subject subject, IParameterSymbol parameter, ITypeSymbol argument) =>
        parameter.RefKind is RefKind.None or RefKind.In
        && (Fits(subject, argument, parameter.Type)
            || (parameter.IsParams && Fits(subject, argument, ElementType(parameter))));

    private static bool Fits(Subject subject, ITypeSymbol argument, ITypeSymbol parameter) =>
        parameter is ITypeParameterSymbol { HasValueTypeConstraint: var isValue }
            ? !isValue || argument.IsValueType
            : subject.Compilation.ClassifyConversion(argument, parameter).IsImplicit;

    private static ITypeSymbol ElementType(IParameterSymbol parameter) => parameter.Type switch
    {
        IArrayTypeSymbol array => array.ElementType,
        INamedTypeSymbol { TypeArguments.Length: 1 } collection => collection.TypeArguments[0],
        var type => type,
    };
}
