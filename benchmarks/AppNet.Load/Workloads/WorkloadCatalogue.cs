namespace AppNet.Load.Workloads;

/// <summary>The workloads, and the sizes at which each is measured.</summary>
internal static class WorkloadCatalogue
{
    /// <summary>The workload that counts events delivered.</summary>
    public const string Events = "W4";

    /// <summary>The workload that measures the delay of events.</summary>
    public const string EventDelay = "W4L";

    /// <summary>The workload whose cases count links instead of calls.</summary>
    public const string IdleLinks = "W5";

    private const int OneNumber = sizeof(int);
    private const int TwoNumbers = 2 * sizeof(int);
    private const int Kibibyte = 1024;

    private static readonly LoadCase[] Cases =
    [
        new("W1", 1, TwoNumbers),
        new("W2", 64, TwoNumbers),
        new("W2", 256, TwoNumbers),
        new("W3", 8, 64 * Kibibyte),
        new("W3", 8, 1024 * Kibibyte),
        new(Events, 1, OneNumber),
        new(Events, 8, OneNumber),
        new(Events, 64, OneNumber),
        new(EventDelay, 1, OneNumber),
        new(IdleLinks, 1_000, TwoNumbers),
        new(IdleLinks, 5_000, TwoNumbers),
        new("WL", 64, TwoNumbers, Links: 1),
        new("WL", 640, TwoNumbers, Links: 10),
        new("WL", 6_400, TwoNumbers, Links: 100),
        new("WL", 1_000, TwoNumbers, Links: 1_000),
    ];

    private static readonly LoadCase[] QuickCases =
    [
        new("W1", 1, TwoNumbers),
        new("W2", 8, TwoNumbers),
        new("W3", 2, 4 * Kibibyte),
        new(Events, 2, OneNumber),
        new(EventDelay, 1, OneNumber),
        new(IdleLinks, 20, TwoNumbers),
        new("WL", 8, TwoNumbers, Links: 4),
    ];

    /// <summary>Gets the names of all workloads.</summary>
    public static IEnumerable<string> Names => Cases.Select(static load => load.Workload).Distinct(StringComparer.Ordinal);

    /// <summary>Finds the cases of a workload.</summary>
    /// <param name="workload">Its name.</param>
    /// <param name="quick">Whether one small case will do, which measures nothing.</param>
    /// <returns>The cases; none when this program has no such workload.</returns>
    public static IReadOnlyList<LoadCase> CasesOf(string workload, bool quick) => Array.FindAll(
        quick ? QuickCases : Cases, load => string.Equals(load.Workload, workload, StringComparison.Ordinal));

    /// <summary>Makes the callers on one link of a case that counts calls.</summary>
    /// <param name="load">The case.</param>
    /// <returns>The callers.</returns>
    public static ICallers CallersOf(LoadCase load) => load.Workload switch
    {
        "W1" or "W2" or "WL" => new AddCallers(load.Concurrency / load.Links),
        "W3" => new EchoCallers(load.Concurrency, load.PayloadBytes),
        _ => throw new LoadException($"The workload '{load.Workload}' has no callers."),
    };
}
