using System.Diagnostics;
using System.Numerics;

namespace AppNet.Load.Measuring;

/// <summary>
/// Counts latencies in buckets whose width grows with the latency: 32 to each power of two, so a value is off by 3 % at
/// most. All memory is taken at construction. Written by one thread.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int SubBucketBits = 5;
    private const int SubBuckets = 1 << SubBucketBits;

    private readonly long[] _counts = new long[(64 - SubBucketBits) * SubBuckets];

    /// <summary>Gets how many latencies were counted.</summary>
    public long Total { get; private set; }

    /// <summary>Counts a latency.</summary>
    /// <param name="ticks">The latency in <see cref="Stopwatch"/> ticks; not negative.</param>
    /// <param name="calls">How many calls had it.</param>
    public void Record(long ticks, int calls)
    {
        _counts[IndexOf(ticks)] += calls;
        Total += calls;
    }

    /// <summary>Adds what another histogram counted.</summary>
    /// <param name="other">The other; its writer has stopped.</param>
    public void Add(LatencyHistogram other)
    {
        for (var index = 0; index < _counts.Length; index++)
        {
            _counts[index] += other._counts[index];
        }

        Total += other.Total;
    }

    /// <summary>Finds the latency that a share of the calls did not exceed.</summary>
    /// <param name="share">Between 0 and 1: 0.5 for the median.</param>
    /// <returns>The latency in microseconds; 0 when nothing was counted.</returns>
    public double Microseconds(double share)
    {
        var rank = (long)Math.Ceiling(Total * share);
        var seen = 0L;
        for (var index = 0; index < _counts.Length; index++)
        {
            seen += _counts[index];
            if (seen >= rank && seen > 0)
            {
                return MiddleOf(index) * 1e6 / Stopwatch.Frequency;
            }
        }

        return 0;
    }

    private static int IndexOf(long ticks)
    {
        if (ticks < SubBuckets)
        {
            return (int)ticks;
        }

        var shift = BitOperations.Log2((ulong)ticks) - SubBucketBits;
        return (shift * SubBuckets) + (int)(ticks >> shift);
    }

    private static double MiddleOf(int index)
    {
        if (index < SubBuckets)
        {
            return index;
        }

        var shift = (index / SubBuckets) - 1;
        var lowest = (long)(SubBuckets + (index % SubBuckets)) << shift;
        return lowest + (((1L << shift) - 1) / 2.0);
    }
}
