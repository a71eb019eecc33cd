using System.Diagnostics;
using System.Globalization;

namespace AppNet.Load.Measuring;

/// <summary>What a client counted in the measured time.</summary>
/// <param name="Calls">Calls answered.</param>
/// <param name="Seconds">The measured time.</param>
/// <param name="P50">The latency in microseconds that half of the calls did not exceed.</param>
/// <param name="P99">The latency in microseconds that 99 of 100 calls did not exceed.</param>
/// <param name="CpuSeconds">The client's processor time.</param>
/// <param name="Allocated">Bytes that the client allocated.</param>
internal sealed record CallCount(
    double Calls, double Seconds, double P50, double P99, double CpuSeconds, double Allocated)
{
    /// <summary>Sums up.</summary>
    /// <param name="calls">How many calls there were.</param>
    /// <param name="latencies">The latencies of all calls, or of some.</param>
    /// <param name="before">The client's usage when counting began.</param>
    /// <param name="after">The client's usage when it ended.</param>
    /// <returns>The count.</returns>
    public static CallCount Create(long calls, LatencyHistogram latencies, Usage before, Usage after) => new(
        calls,
        Stopwatch.GetElapsedTime(before.Timestamp, after.Timestamp).TotalSeconds,
        latencies.Microseconds(0.5),
        latencies.Microseconds(0.99),
        (after.Cpu - before.Cpu).TotalSeconds,
        after.Allocated - before.Allocated);

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <param name="text">Six numbers.</param>
    /// <returns>The count.</returns>
    public static CallCount Parse(string text)
    {
        var numbers = Array.ConvertAll(text.Split(' '), part => double.Parse(part, CultureInfo.InvariantCulture));
        return new(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Calls} {Seconds} {P50} {P99} {CpuSeconds} {Allocated}");
}
