using System.Globalization;

namespace AppNet.Load.Workloads;

/// <summary>One workload at one size.</summary>
/// <param name="Workload">The workload's name.</param>
/// <param name="Concurrency">Calls in flight on all links together; for W4 the number of subscribers, for W5 that of idle links.</param>
/// <param name="PayloadBytes">What a call or an event carries, without any frame or encoding.</param>
/// <param name="Links">Over how many links the calls go, the same number on each.</param>
internal sealed record LoadCase(string Workload, int Concurrency, int PayloadBytes, int Links = 1)
{
    /// <summary>Gets whether events are raised, rather than functions called.</summary>
    public bool IsOfEvents => Workload is WorkloadCatalogue.Events or WorkloadCatalogue.EventDelay;

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <param name="text">Such as <c>W3/8/65536/1</c>.</param>
    /// <returns>The case.</returns>
    public static LoadCase Parse(string text)
    {
        var parts = text.Split('/');
        return new(
            parts[0],
            int.Parse(parts[1], CultureInfo.InvariantCulture),
            int.Parse(parts[2], CultureInfo.InvariantCulture),
            int.Parse(parts[3], CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Workload}/{Concurrency}/{PayloadBytes}/{Links}");
}
