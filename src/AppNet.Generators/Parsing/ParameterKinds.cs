using AppNet.Generators.Models;
using Microsoft.CodeAnalysis;

namespace AppNet.Generators.Parsing;

/// <summary>Says who gives a parameter its argument.</summary>
internal static class ParameterKinds
{
    /// <summary>Classifies a parameter by its type.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="isStub">Whether its method is a stub, which takes its peer itself.</param>
    /// <returns>The kind.</returns>
    public static ParameterKind Of(IParameterSymbol parameter, bool isStub)
    {
        if (parameter.Type.Is(Types.CancellationToken))
        {
            return ParameterKind.Token;
        }

        if (parameter.Type.Is(Types.CallContext))
        {
            return ParameterKind.Context;
        }

        return isStub && parameter.Type.Is(Types.Peer) ? ParameterKind.Peer : ParameterKind.Value;
    }
}
