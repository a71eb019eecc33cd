using AppNet.Generators.Models;
using Microsoft.CodeAnalysis;

namespace AppNet.Generators.Parsing;

/// <summary>Says who gives a parameter its argument.</summary>
internal static class ParameterKinds
{
    /// <summary>Classifies a parameter by its type.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="role">What its method is marked as.</param>
    /// <returns>The kind.</returns>
    public static ParameterKind Of(IParameterSymbol parameter, Role role) => role switch
    {
        not Role.Event when parameter.Type.Is(Types.CancellationToken) => ParameterKind.Token,
        Role.Function or Role.Stub when parameter.Type.Is(Types.CallContext) => ParameterKind.Context,
        Role.Subscriber when parameter.Type.Is(Types.EventContext) => ParameterKind.EventContext,
        Role.Stub when parameter.Type.Is(Types.Peer) => ParameterKind.Peer,
        _ => ParameterKind.Value,
    };
}
