using AppNet.Load.Processes;

namespace AppNet.Load;

/// <summary>What one run of the program measures.</summary>
/// <param name="Systems">The systems' names, in the order of the table.</param>
/// <param name="Transports">The transports' names.</param>
/// <param name="Workloads">The workloads' names.</param>
/// <param name="Warmup">How long the load runs before it is measured.</param>
/// <param name="Measured">How long it is measured.</param>
/// <param name="Repeat">How many trials a case has.</param>
/// <param name="Json">The file for the JSON lines, if any.</param>
/// <param name="Quick">Whether one small case of each workload will do.</param>
/// <param name="Pinning">Which cores the two processes get.</param>
internal sealed record LoadOptions(
    IReadOnlyList<string> Systems,
    IReadOnlyList<string> Transports,
    IReadOnlyList<string> Workloads,
    TimeSpan Warmup,
    TimeSpan Measured,
    int Repeat,
    FileInfo? Json,
    bool Quick,
    Pinning Pinning);
