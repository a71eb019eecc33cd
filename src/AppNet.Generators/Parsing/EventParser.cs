using System.Collections.Immutable;
using System.Globalization;
using AppNet.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AppNet.Generators.Parsing;

/// <summary>Turns one <c>[Event]</c> into models. No symbol or syntax node goes further than here.</summary>
internal static class EventParser
{
    /// <summary>Reads one event.</summary>
    /// <param name="context">What the attribute was found on.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The models.</returns>
    public static ParsedEvent Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        var method = (IMethodSymbol)context.TargetSymbol;
        AttributeData attribute = context.Attributes[0];
        string? hook = AttributeValues.Named(attribute, "Prepare")?.Value as string;
        var subject = new Subject(method, Role.Event, AttributeValues.Name(attribute), context.SemanticModel.Compilation);
        ImmutableArray<DiagnosticModel> faults = Faults.OfEvent(subject, context.TargetNode, hook);
        cancellationToken.ThrowIfCancellationRequested();

        BodyModel? body = Bodies.IsNotInSource(method, context.TargetNode) && Bodies.CanBeWritten(method)
            ? BodyParser.Parse(
                method,
                (MethodDeclarationSyntax)context.TargetNode,
                $"Event_{Names.Key(method)}.g.cs",
                faults.FirstOrDefault()?.Descriptor.Id)
            : null;
        return new ParsedEvent(
            faults.IsEmpty ? Describe(subject, attribute, hook) : null,
            body,
            new EquatableArray<DiagnosticModel>(faults));
    }

    private static EventModel Describe(Subject subject, AttributeData attribute, string? hook) => new(
        subject.Tag,
        Names.EventClass(subject.Method),
        WhenFull(attribute),
        hook is null ? null : HookParser.Parse(subject, hook),
        ParameterParser.Parse(subject.Method, subject.Role),
        ResultParser.Parse(subject.Method));

    private static string WhenFull(AttributeData attribute)
    {
        object value = AttributeValues.Named(attribute, "WhenFull")?.Value ?? 0;
        return $"(global::AppNet.EventQueueFull)({Convert.ToString(value, CultureInfo.InvariantCulture)})";
    }
}
