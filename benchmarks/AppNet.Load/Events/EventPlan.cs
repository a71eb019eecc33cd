using AppNet.Load.Workloads;

namespace AppNet.Load.Events;

/// <summary>How events are raised.</summary>
/// <param name="Batch">How many have one timestamp; the first of each is measured.</param>
/// <param name="Interval">The time between two batches; null: none.</param>
internal sealed record EventPlan(int Batch, TimeSpan? Interval)
{
    /// <summary>Gets the plan of a case.</summary>
    /// <param name="load">The case.</param>
    /// <returns>One event a millisecond, each measured, for W4L; else all that goes.</returns>
    public static EventPlan Of(LoadCase load) => string.Equals(load.Workload, WorkloadCatalogue.EventDelay, StringComparison.Ordinal)
        ? new(1, TimeSpan.FromMilliseconds(1))
        : new(256, null);
}
