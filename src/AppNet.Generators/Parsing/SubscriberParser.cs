using System.Collections.Immutable;
using AppNet.Generators.Models;
using Microsoft.CodeAnalysis;

namespace AppNet.Generators.Parsing;

/// <summary>Turns the <c>[Subscribe]</c> attributes of one method into models. No symbol or syntax node goes further than here.</summary>
internal static class SubscriberParser
{
    /// <summary>Reads one subscriber.</summary>
    /// <param name="context">What the attributes were found on.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The models, or null when another part of the method is read for this one.</returns>
    public static ParsedSubscriber? Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        if (!Targets.IsFirst(context))
        {
            return null;
        }

        var method = (IMethodSymbol)context.TargetSymbol;
        string name = method.ToDisplayString(FunctionParser.DefaultName);
        var subject = new Subject(method, Role.Subscriber, name, context.SemanticModel.Compilation);
        SubscriptionModel[] subscriptions = [.. Targets.AllOf(context).Select(Subscription)];
        ImmutableArray<DiagnosticModel> faults = Faults.OfSubscriber(subject, subscriptions.Select(one => one.Event));
        cancellationToken.ThrowIfCancellationRequested();
        if (!faults.IsEmpty)
        {
            return new ParsedSubscriber(null, new EquatableArray<DiagnosticModel>(faults));
        }

        FunctionModel handler = Describe(subject, context.TargetNode);
        DiagnosticModel[] warnings = handler.Result.IsDropped ? [subject.Fault(Diagnostics.ResultDropped)] : [];
        return new ParsedSubscriber(
            new SubscriberModel(handler, subscriptions.ToEquatableArray()),
            warnings.ToEquatableArray());
    }

    private static SubscriptionModel Subscription(AttributeData attribute) => new(
        AttributeValues.Name(attribute),
        AttributeValues.Texts(attribute, "Groups"),
        AttributeValues.IsTrue(attribute, "HubsOnly"),
        AttributeValues.IsTrue(attribute, "OnHost"),
        AttributeValues.Texts(attribute, "Peers"));

    private static FunctionModel Describe(Subject subject, SyntaxNode declaration)
    {
        IMethodSymbol method = subject.Method;
        return new FunctionModel(
            ContainerParser.Parse(method.ContainingType),
            ParameterParser.Identifier(method.Name),
            "Subscriber_" + Names.Key(method),
            "internal",
            subject.Tag,
            subject.Tag,
            DocumentationParser.Parse(method, declaration),
            FunctionParser.Obsolescence(method),
            ParameterParser.Parse(method, subject.Role),
            new ResultModel(ResultParser.KindOf(method), null, IsDropped: ResultParser.ValueOf(method) is not null),
            string.Empty,
            IsStub: false,
            Groups: null);
    }
}
