namespace AppNet.Load.Results;

/// <summary>
/// What a system did in a case: one JSON line. What a workload does not give is null, and left out there.
/// </summary>
/// <param name="System">The system's name.</param>
/// <param name="Transport"><c>tcp</c>, <c>uds</c> or <c>tls</c>.</param>
/// <param name="Workload">The workload's name.</param>
/// <param name="Concurrency">Calls in flight; for W4 the number of subscribers, for W5 that of links.</param>
/// <param name="PayloadBytes">What a call carries each way, without any frame or encoding.</param>
internal sealed record LoadResult(
    string System, string Transport, string Workload, int Concurrency, int PayloadBytes)
{
    /// <summary>Gets over how many links the calls went, all together; null for one.</summary>
    public int? Links { get; init; }

    /// <summary>Gets how many calls were answered, or events delivered, in the measured time.</summary>
    public double? Calls { get; init; }

    /// <summary>Gets the measured time.</summary>
    public double? Seconds { get; init; }

    /// <summary>Gets the calls answered per second.</summary>
    public double? CallsPerS { get; init; }

    /// <summary>Gets the latency that half of the calls did not exceed.</summary>
    public double? P50Us { get; init; }

    /// <summary>Gets the latency that 99 of 100 calls did not exceed.</summary>
    public double? P99Us { get; init; }

    /// <summary>Gets the server's processor time in the measured time.</summary>
    public double? ServerCpuS { get; init; }

    /// <summary>Gets the client's processor time in the measured time.</summary>
    public double? ClientCpuS { get; init; }

    /// <summary>Gets the managed memory that a call allocates, client and server together.</summary>
    public double? AllocatedBytesPerCall { get; init; }

    /// <summary>Gets the server's resident memory for an idle link, in KiB.</summary>
    public double? KbPerLink { get; init; }

    /// <summary>Gets the time from the start of a client process to its first answered call.</summary>
    public double? FirstCallMs { get; init; }

    /// <summary>Gets the processor time of a call, client and server together, in microseconds.</summary>
    /// <returns>The time; null where no calls were counted.</returns>
    public double? CpuMicrosecondsPerCall() => (ServerCpuS + ClientCpuS) * 1e6 / Calls;

    /// <summary>Says whether two results are of the same case, whatever the system.</summary>
    /// <param name="other">The other.</param>
    /// <returns>True when they may be compared.</returns>
    public bool IsSameCaseAs(LoadResult other) =>
        (Transport, Workload, Concurrency, PayloadBytes, Links)
            == (other.Transport, other.Workload, other.Concurrency, other.PayloadBytes, other.Links);
}
