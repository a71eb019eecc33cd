namespace AppNet.Links;

/// <summary>The threads that the links of one peer share.</summary>
internal sealed class LinkThreads : IDisposable
{
    private readonly int _maxReaders;
    private int _readers;

    /// <summary>Makes the threads; none is started before it is needed.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="spinTime">How long a read loop looks for bytes before it blocks.</param>
    public LinkThreads(TimeProvider time, TimeSpan spinTime)
    {
        Time = time;
        SpinTime = spinTime;
        Queue = new WorkQueue(Workers);
        Watch = new LoopWatch(Workers, Queue);
        _maxReaders = Math.Max(4, 2 * Environment.ProcessorCount);
    }

    /// <summary>Gets the clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>Gets how long a read loop looks for bytes before it blocks.</summary>
    public TimeSpan SpinTime { get; }

    /// <summary>Gets the threads that work is run on.</summary>
    public WorkerThreads Workers { get; } = new();

    /// <summary>Gets where work runs that is known to hold its thread.</summary>
    public WorkQueue Queue { get; }

    /// <summary>Gets who takes over loops that are held up.</summary>
    public LoopWatch Watch { get; }

    /// <summary>Takes one of the threads that may block in reading: for the few busy links, not for every link.</summary>
    /// <returns>Whether one was left.</returns>
    public bool TryTakeThread()
    {
        if (Interlocked.Increment(ref _readers) <= _maxReaders)
        {
            return true;
        }

        ReturnThread();
        return false;
    }

    /// <summary>Takes one beyond the bound, for a loop that must go on at once.</summary>
    public void TakeThread() => Interlocked.Increment(ref _readers);

    /// <summary>Gives back what <see cref="TryTakeThread"/> or <see cref="TakeThread"/> took.</summary>
    public void ReturnThread() => Interlocked.Decrement(ref _readers);

    /// <inheritdoc/>
    public void Dispose() => Watch.Dispose();
}
