namespace AppNet.Generators.Models;

/// <summary>One <c>[Subscribe]</c>: which event, of whom.</summary>
/// <param name="Event">The event's name.</param>
/// <param name="Groups">The groups whose peers match, or null for all.</param>
/// <param name="HubsOnly">Whether only hubs match.</param>
/// <param name="OnHost">Whether only peers on this host match.</param>
/// <param name="Peers">The only peers that match, or null for any.</param>
internal sealed record SubscriptionModel(
    string Event,
    EquatableArray<string>? Groups,
    bool HubsOnly,
    bool OnHost,
    EquatableArray<string>? Peers);
