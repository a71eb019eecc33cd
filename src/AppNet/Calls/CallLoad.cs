namespace AppNet.Calls;

/// <summary>
/// How many calls of one link run or wait for a thread, and how many bytes their arguments take: one word, so that counting both costs
/// what counting one does. Safe for use from many threads; a field of this type is not readonly.
/// </summary>
internal struct CallLoad
{
    // Calls in the low bits, bytes above them: room for 268 million calls and 32 GiB, both far beyond what the options allow.
    private const int CountBits = 28;
    private const long CountMask = (1L << CountBits) - 1;

    private long _word;

    /// <summary>Gets whether nothing is under way.</summary>
    public readonly bool IsEmpty => Volatile.Read(in _word) == 0;

    /// <summary>Adds a call.</summary>
    /// <param name="bytes">The bytes of its arguments.</param>
    /// <returns>How many calls there are now and what they hold, this one included.</returns>
    public (int Calls, long Bytes) Add(int bytes)
    {
        var word = Interlocked.Add(ref _word, ((long)bytes << CountBits) + 1);
        return ((int)(word & CountMask), word >> CountBits);
    }

    /// <summary>Takes a call away.</summary>
    /// <param name="bytes">The bytes of its arguments, as they were added.</param>
    /// <returns>Whether it was the last one.</returns>
    public bool Remove(int bytes) => Interlocked.Add(ref _word, -(((long)bytes << CountBits) + 1)) == 0;
}
