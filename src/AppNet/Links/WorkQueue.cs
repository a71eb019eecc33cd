using System.Collections.Concurrent;

namespace AppNet.Links;

/// <summary>
/// Runs work that is known to hold its thread for a while, away from the read loops: on as many threads as there are processors, and on
/// a few more for each look of <see cref="LoopWatch"/> that finds work waiting and none begun. So functions that wait for each
/// other all get to run, and the thread pool stays free for others. Bounded by the calls that may run at once.
/// </summary>
internal sealed class WorkQueue(WorkerThreads threads) : IThreadPoolWorkItem
{
    private const int MaxWorkers = 1_024;
    private const int WorkersAtOnce = 8;

    private readonly ConcurrentQueue<IThreadPoolWorkItem> _waiting = new();
    private int _workers;
    private long _begun;
    private long _begunAtLastLook;

    /// <summary>Gets whether work waits.</summary>
    public bool HasWork => !_waiting.IsEmpty;

    /// <summary>Adds work. It reports its own failures.</summary>
    /// <param name="work">The work.</param>
    public void Add(IThreadPoolWorkItem work)
    {
        _waiting.Enqueue(work);
        if (Volatile.Read(ref _workers) < Environment.ProcessorCount)
        {
            AddWorker();
        }
    }

    /// <summary>Adds a thread if nothing has moved since the last look. Called by the watch alone.</summary>
    public void Look()
    {
        var begun = Interlocked.Read(ref _begun);
        if (HasWork && begun == _begunAtLastLook)
        {
            for (var i = 0; i < WorkersAtOnce && i < _waiting.Count && Volatile.Read(ref _workers) < MaxWorkers; i++)
            {
                AddWorker();
            }
        }

        _begunAtLastLook = begun;
    }

    /// <summary>One worker's life: it ends when nothing waits.</summary>
    public void Execute()
    {
        do
        {
            while (_waiting.TryDequeue(out var work))
            {
                _ = Interlocked.Increment(ref _begun);
                work.Execute();
            }

            _ = Interlocked.Decrement(ref _workers);

            // What was added between the last look and the decrement has counted on this worker.
        }
        while (HasWork && TryGoOn());
    }

    private bool TryGoOn()
    {
        if (Interlocked.Increment(ref _workers) <= MaxWorkers)
        {
            return true;
        }

        _ = Interlocked.Decrement(ref _workers);
        return false;
    }

    private void AddWorker()
    {
        _ = Interlocked.Increment(ref _workers);
        threads.Run(this);
    }
}
