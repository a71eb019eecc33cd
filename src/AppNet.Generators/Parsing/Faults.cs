using System.Collections.Immutable;
using AppNet.Generators.Models;
using Microsoft.CodeAnalysis;

namespace AppNet.Generators.Parsing;

/// <summary>All faults of one marked method.</summary>
internal static class Faults
{
    /// <summary>Examines a connected method. Where its place is wrong, its signature is not examined: one fault, one diagnostic.</summary>
    /// <param name="subject">The method.</param>
    /// <returns>The faults; none when it can be connected.</returns>
    public static ImmutableArray<DiagnosticModel> OfFunction(Subject subject) => First(
        PlaceFaults.Of(subject),
        SignatureFaults.Of(subject).Concat(StubFaults.Of(subject)),
        PeerFaults.Of(subject));

    /// <summary>Examines the handler of a flag.</summary>
    /// <param name="subject">The method.</param>
    /// <returns>The faults; none when it can handle flags.</returns>
    public static ImmutableArray<DiagnosticModel> OfFlagHandler(Subject subject) => First(
        PlaceFaults.Of(subject),
        SignatureFaults.OfName(subject, subject.Tag, Diagnostics.BadFlagName, Diagnostics.MaximumFlagBytes)
            .Concat(SignatureFaults.OfAsyncVoid(subject))
            .Concat(FlagFaults.Of(subject)));

    /// <summary>Examines an event.</summary>
    /// <param name="subject">The method.</param>
    /// <param name="declaration">Its declaration.</param>
    /// <param name="hook">The name of its hook, or null.</param>
    /// <returns>The faults; none when it can be raised.</returns>
    public static ImmutableArray<DiagnosticModel> OfEvent(Subject subject, SyntaxNode declaration, string? hook) => First(
        PlaceFaults.Of(subject),
        EventFaults.OfShape(subject, declaration),
        SignatureFaults.OfName(subject, subject.Tag, Diagnostics.BadEventName, Diagnostics.MaximumEventBytes)
            .Concat(SignatureFaults.OfParameters(subject))
            .Concat(EventFaults.OfResult(subject)),
        EventFaults.OfHook(subject, hook));

    /// <summary>Examines a subscriber.</summary>
    /// <param name="subject">The method.</param>
    /// <param name="events">The names of the events that it handles.</param>
    /// <returns>The faults; none when it can be subscribed.</returns>
    public static ImmutableArray<DiagnosticModel> OfSubscriber(Subject subject, IEnumerable<string> events) => First(
        PlaceFaults.Of(subject),
        events
            .SelectMany(name => SignatureFaults.OfName(subject, name, Diagnostics.BadEventName, Diagnostics.MaximumEventBytes))
            .Concat(SignatureFaults.OfParameters(subject))
            .Concat(SignatureFaults.OfAsyncVoid(subject)));

    /// <summary>Returns the first group of faults that is not empty; the later ones are not looked for then.</summary>
    private static ImmutableArray<DiagnosticModel> First(params IEnumerable<DiagnosticModel>[] groups) =>
        groups.Select(group => group.ToImmutableArray()).FirstOrDefault(group => !group.IsEmpty) is { IsDefault: false } found
            ? found
            : [];
}
