using System.Collections.Immutable;
using AppNet.Generators.Emission;
using AppNet.Generators.Models;
using AppNet.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace AppNet.Generators;

/// <summary>The steps from <c>[Subscribe]</c> to code.</summary>
internal static class SubscriberPipeline
{
    /// <summary>Adds the steps.</summary>
    /// <param name="context">Where they go.</param>
    /// <returns>The statements that add the rules to the catalogue, in an order that does not depend on that of the files.</returns>
    public static IncrementalValueProvider<EquatableArray<string>> Add(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<ParsedSubscriber> parsed = context.SyntaxProvider
            .ForAttributeWithMetadataName(Types.Subscribe, Targets.IsMethod, SubscriberParser.Parse)
            .Where(static one => one is not null)
            .Select(static (one, _) => one!)
            .WithTrackingName(Steps.ParsedSubscribers);
        IncrementalValuesProvider<SubscriberModel> subscribers = parsed
            .Select(static (one, _) => one.Subscriber)
            .Where(static subscriber => subscriber is not null)
            .Select(static (subscriber, _) => subscriber!)
            .WithTrackingName(Steps.Subscribers);

        context.RegisterSourceOutput(subscribers, static (output, subscriber) =>
            output.AddSource(subscriber.Handler.DefinitionClass + ".g.cs", SubscriberEmitter.Emit(subscriber)));
        context.ReportFaults(parsed.SelectMany(static (one, _) => one.Diagnostics));
        return subscribers
            .Collect()
            .Select(static (all, _) => Additions(all))
            .WithTrackingName(Steps.SubscriberAdditions);
    }

    private static EquatableArray<string> Additions(ImmutableArray<SubscriberModel> subscribers) =>
        subscribers.SelectMany(SubscriberEmitter.Additions).OrderBy(addition => addition, StringComparer.Ordinal).ToEquatableArray();
}
