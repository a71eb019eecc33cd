namespace AppNet.Generators.Models;

/// <summary>All that the <c>[Subscribe]</c> attributes of one method come to.</summary>
/// <param name="Subscriber">The subscriber, or null when it has a fault.</param>
/// <param name="Diagnostics">The faults, and what is only warned of.</param>
internal sealed record ParsedSubscriber(SubscriberModel? Subscriber, EquatableArray<DiagnosticModel> Diagnostics);
