using System.Diagnostics.CodeAnalysis;

namespace AppNet.Links;

/// <summary>
/// Threads of our own for what must not wait for the thread pool: read loops that block, and loops taken over from a thread
/// that a function holds. Work starts at once, on an idle thread or a new one; the number of threads is bounded by those who
/// hand work in. Safe for use from many threads.
/// </summary>
internal sealed class WorkerThreads
{
    private static readonly TimeSpan IdleLife = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();

    // Guarded by _gate. The thread that became idle last is used first, so that those no longer needed end.
    private readonly Stack<Worker> _idle = new();

    /// <summary>Runs work at once. Nothing is thrown by it: work reports its own failures.</summary>
    /// <param name="work">The work.</param>
    public void Run(IThreadPoolWorkItem work)
    {
        Worker? worker;
        lock (_gate)
        {
            _ = _idle.TryPop(out worker);
        }

        if (worker is null)
        {
            new Worker(this).Start(work);
        }
        else
        {
            worker.Give(work);
        }
    }

    private void AddIdle(Worker worker)
    {
        lock (_gate)
        {
            _idle.Push(worker);
        }
    }

    private bool TryRemoveIdle(Worker worker)
    {
        lock (_gate)
        {
            if (!_idle.Contains(worker))
            {
                return false;
            }

            var others = _idle.Where(other => other != worker).Reverse().ToArray();
            _idle.Clear();
            foreach (var other in others)
            {
                _idle.Push(other);
            }

            return true;
        }
    }

    [SuppressMessage("Design", "CA1001", Justification = "The thread disposes of its signal when it ends.")]
    private sealed class Worker(WorkerThreads owner)
    {
        private readonly AutoResetEvent _given = new(initialState: false);
        private IThreadPoolWorkItem? _work;

        public void Start(IThreadPoolWorkItem work)
        {
            _work = work;
            new Thread(Run) { IsBackground = true, Name = "AppNet worker" }.UnsafeStart();
        }

        public void Give(IThreadPoolWorkItem work)
        {
            _work = work;
            _given.Set();
        }

        private void Run()
        {
            // The context of whoever happened to start this thread is none of the work's business.
            var blank = ExecutionContext.Capture();
            using (_given)
            {
                do
                {
                    _work!.Execute();
                    _work = null;
                    if (blank is not null)
                    {
                        ExecutionContext.Restore(blank);
                    }

                    owner.AddIdle(this);
                }
                while (WaitForWork());
            }
        }

        private bool WaitForWork()
        {
            if (_given.WaitOne(IdleLife))
            {
                return true;
            }

            // Taken from the idle ones by nobody: the thread ends. Else work is about to be given.
            return !owner.TryRemoveIdle(this) && _given.WaitOne();
        }
    }
}
