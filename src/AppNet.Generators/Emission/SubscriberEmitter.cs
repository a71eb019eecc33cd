using AppNet.Generators.Models;

namespace AppNet.Generators.Emission;

/// <summary>Writes the definition of a subscriber's handler, and what adds its standing rules.</summary>
internal static class SubscriberEmitter
{
    /// <summary>Writes the file.</summary>
    /// <param name="subscriber">The subscriber.</param>
    /// <returns>The source.</returns>
    public static string Emit(SubscriberModel subscriber)
    {
        var writer = new SourceWriter();
        writer.Line();
        writer.Line(SourceWriter.Hidden);
        DefinitionEmitter.Emit(writer, subscriber.Handler);
        return writer.ToString();
    }

    /// <summary>Returns the statements that add the rules to the catalogue.</summary>
    /// <param name="subscriber">The subscriber.</param>
    /// <returns>The statements, one for each attribute.</returns>
    public static IEnumerable<string> Additions(SubscriberModel subscriber) =>
        subscriber.Subscriptions.Select(subscription =>
            "global::AppNet.Events.SubscriptionCatalogue.Add(new global::AppNet.Events.SubscriptionDefinition("
            + $"{Literals.Text(subscription.Event)}, global::{subscriber.Handler.DefinitionClass}.Instance){Rule(subscription)});");

    private static string Rule(SubscriptionModel subscription)
    {
        string[] parts =
        [
            .. Part("Groups", subscription.Groups),
            .. Part("HubsOnly", subscription.HubsOnly),
            .. Part("OnHost", subscription.OnHost),
            .. Part("Peers", subscription.Peers),
        ];
        return parts.Length == 0 ? string.Empty : $" {{ {string.Join(", ", parts)} }}";
    }

    private static string[] Part(string name, bool value) => value ? [name + " = true"] : [];

    private static string[] Part(string name, EquatableArray<string>? values) =>
        values is { } list ? [$"{name} = new string[] {{ {string.Join(", ", list.Select(Literals.Text))} }}"] : [];
}
