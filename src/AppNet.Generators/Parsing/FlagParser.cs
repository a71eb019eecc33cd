using System.Collections.Immutable;
using AppNet.Generators.Models;
using Microsoft.CodeAnalysis;

namespace AppNet.Generators.Parsing;

/// <summary>Turns one <c>[Flag]</c> into models. No symbol or syntax node goes further than here.</summary>
internal static class FlagParser
{
    /// <summary>Reads one handler.</summary>
    /// <param name="context">What the attribute was found on.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The models, or null when another part of the method is read for this one.</returns>
    public static ParsedFlag? Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        if (!Targets.IsFirst(context))
        {
            return null;
        }

        var method = (IMethodSymbol)context.TargetSymbol;
        var subject = new Subject(
            method,
            Role.FlagHandler,
            AttributeValues.Name(context.Attributes[0]),
            context.SemanticModel.Compilation);
        ImmutableArray<DiagnosticModel> faults = Faults.OfFlagHandler(subject);
        cancellationToken.ThrowIfCancellationRequested();
        return new ParsedFlag(
            faults.IsEmpty ? Describe(subject) : null,
            subject.Name,
            subject.Location,
            new EquatableArray<DiagnosticModel>(faults));
    }

    private static FlagModel Describe(Subject subject)
    {
        IMethodSymbol method = subject.Method;
        return new FlagModel(
            subject.Tag,
            "Flag_" + Names.Key(method),
            $"{ContainerParser.Parse(method.ContainingType).Type}.{ParameterParser.Identifier(method.Name)}",
            method.Parameters.Length > 0,
            method.ReturnsVoid,
            FunctionParser.Obsolescence(method));
    }
}
