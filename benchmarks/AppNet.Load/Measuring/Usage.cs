using System.Diagnostics;
using System.Globalization;

namespace AppNet.Load.Measuring;

/// <summary>What a process has used up since its start.</summary>
/// <param name="Timestamp">When; a <see cref="Stopwatch"/> timestamp, which all processes of a machine share.</param>
/// <param name="Cpu">Processor time, user and kernel.</param>
/// <param name="Allocated">Bytes allocated from the managed heap.</param>
/// <param name="Resident">Bytes of physical memory held at that moment.</param>
internal sealed record Usage(long Timestamp, TimeSpan Cpu, long Allocated, long Resident)
{
    /// <summary>Measures this process.</summary>
    /// <returns>Its usage.</returns>
    public static Usage Measure() => new(
        Stopwatch.GetTimestamp(),
        Environment.CpuUsage.TotalTime,
        GC.GetTotalAllocatedBytes(precise: true),
        Environment.WorkingSet);

    /// <summary>Measures this process after it has given back the memory that it does not need.</summary>
    /// <returns>Its usage.</returns>
    public static Usage MeasureCollected()
    {
        for (var round = 0; round < 2; round++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return Measure();
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <param name="text">Four numbers.</param>
    /// <returns>The usage.</returns>
    public static Usage Parse(string text)
    {
        var numbers = Array.ConvertAll(text.Split(' '), part => long.Parse(part, CultureInfo.InvariantCulture));
        return new(numbers[0], new TimeSpan(numbers[1]), numbers[2], numbers[3]);
    }

    /// <summary>Gets what was used per second since an earlier measurement.</summary>
    /// <param name="earlier">The earlier one, of the same process.</param>
    /// <returns>Seconds of processor time and bytes allocated, each per second.</returns>
    public (double Cpu, double Allocated) RateSince(Usage earlier)
    {
        var seconds = Stopwatch.GetElapsedTime(earlier.Timestamp, Timestamp).TotalSeconds;
        return ((Cpu - earlier.Cpu).TotalSeconds / seconds, (Allocated - earlier.Allocated) / seconds);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Timestamp} {Cpu.Ticks} {Allocated} {Resident}");
}
