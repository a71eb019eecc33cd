namespace AppNet.Load.Workloads;

/// <summary>The workloads, and the sizes at which each is measured.</summary>
internal static class WorkloadCatalogue
{
    /// <summary>The workload whose cases count links instead of calls.</summary>
    public const string IdleLinks = "W5";

    private const int TwoNumbers = 2 * sizeof(int);
    private const int Kibibyte = 1024;

    private static readonly LoadCase[] Cases =
    [
        new("W1", 1, TwoNumbers),
        new("W2", 64, TwoNumbers),
        new("W2", 256, TwoNumbers),
        new("W3", 8, 64 * Kibibyte),
        new("W3", 8, 1024 * Kibibyte),
        new(IdleLinks, 1_000, TwoNumbers),
        new(IdleLinks, 5_000, TwoNumbers),
    ];

    /// <summary>Finds the cases of a workload.</summary>
    /// <param name="workload">Its name.</param>
    /// <returns>The cases; none when this program has no such workload.</returns>
    public static IReadOnlyList<LoadCase> CasesOf(string workload) =>
        Array.FindAll(Cases, load => string.Equals(load.Workload, workload, StringComparison.Ordinal));

    /// <summary>Makes the callers of a case that counts calls.</summary>
    /// <param name="load">The case.</param>
    /// <returns>The callers.</returns>
    public static ICallers CallersOf(LoadCase load) => load.Workload switch
    {
        "W1" or "W2" => new AddCallers(load.Concurrency),
        "W3" => new EchoCallers(load.Concurrency, load.PayloadBytes),
        _ => throw new LoadException($"The workload '{load.Workload}' has no callers."),
    };
}
