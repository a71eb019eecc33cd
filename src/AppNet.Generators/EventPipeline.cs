using AppNet.Generators.Emission;
using AppNet.Generators.Models;
using AppNet.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace AppNet.Generators;

/// <summary>The steps from <c>[Event]</c> to code.</summary>
internal static class EventPipeline
{
    /// <summary>Adds the steps.</summary>
    /// <param name="context">Where they go.</param>
    public static void Add(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<ParsedEvent> parsed = context.SyntaxProvider
            .ForAttributeWithMetadataName(Types.Event, Targets.IsMethod, EventParser.Parse)
            .WithTrackingName(Steps.ParsedEvents);
        IncrementalValuesProvider<(BodyModel? Body, EventModel? Event)> events = parsed
            .Select(static (one, _) => (one.Body, one.Event))
            .Where(static pair => pair.Body is not null)
            .WithTrackingName(Steps.Events);

        context.RegisterSourceOutput(events, static (output, pair) =>
            output.AddSource(pair.Body!.HintName, BodyEmitter.Emit(pair.Body, pair.Event)));
        context.ReportFaults(parsed.SelectMany(static (one, _) => one.Diagnostics));
    }
}
