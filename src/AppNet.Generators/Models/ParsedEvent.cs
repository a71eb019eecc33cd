namespace AppNet.Generators.Models;

/// <summary>All that one <c>[Event]</c> comes to.</summary>
/// <param name="Event">The event, or null when it has a fault.</param>
/// <param name="Body">The body to write, or null when the method has its own.</param>
/// <param name="Diagnostics">The faults.</param>
internal sealed record ParsedEvent(EventModel? Event, BodyModel? Body, EquatableArray<DiagnosticModel> Diagnostics);
