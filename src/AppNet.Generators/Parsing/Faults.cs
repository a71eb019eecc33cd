using System.Collections.Immutable;
using AppNet.Generators.Models;

namespace AppNet.Generators.Parsing;

/// <summary>All faults of one connected method.</summary>
internal static class Faults
{
    /// <summary>Examines a method. Where its place is wrong, its signature is not examined: one fault, one diagnostic.</summary>
    /// <param name="subject">The method.</param>
    /// <returns>The faults; none when it can be connected.</returns>
    public static ImmutableArray<DiagnosticModel> Of(Subject subject)
    {
        ImmutableArray<DiagnosticModel> ofPlace = [.. PlaceFaults.Of(subject)];
        if (!ofPlace.IsEmpty)
        {
            return ofPlace;
        }

        ImmutableArray<DiagnosticModel> ofSignature = [.. SignatureFaults.Of(subject), .. StubFaults.Of(subject)];
        return ofSignature.IsEmpty ? [.. PeerFaults.Of(subject)] : ofSignature;
    }
}
