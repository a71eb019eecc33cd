namespace AppNet.Tests;

/// <summary>Measures what code allocates.</summary>
internal static class Allocations
{
    private const int Rounds = 200;

    /// <summary>Runs code again and again until it allocates nothing, a bounded number of times.</summary>
    /// <remarks>
    /// Code that is not optimized yet may allocate, and the runtime optimizes when it likes; what allocates by itself does so in every
    /// round.
    /// </remarks>
    /// <param name="code">The code.</param>
    /// <returns>What it allocated on this thread in its best round, in bytes.</returns>
    public static long Least(Action code)
    {
        long least = long.MaxValue;
        for (int round = 0; round < Rounds && least > 0; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            code();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
