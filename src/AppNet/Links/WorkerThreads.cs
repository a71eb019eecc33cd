namespace AppNet.Links;

/// <summary>
/// Threads of our own for what must not wait for the thread pool: read loops that block, and loops taken over from a thread
/// that a function holds. Work starts at once, on an idle thread or a new one; the number of threads is bounded by those who
/// hand work in. Where the system gives no thread, the thread pool does the work when it can. Safe for use from many threads.
/// </summary>
/// <param name="start">Starts a thread; null: the system's own way.</param>
internal sealed class WorkerThreads(Action<ThreadStart>? start = null)
{
    private static readonly TimeSpan IdleLife = TimeSpan.FromSeconds(5);

    private readonly Action<ThreadStart> _start = start ?? StartThread;
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
            Start(new Worker(this), work);
        }
        else
        {
            worker.Give(work);
        }
    }

    private static void StartThread(ThreadStart run) =>
        new Thread(run) { IsBackground = true, Name = "AppNet worker" }.UnsafeStart();

    /// <summary>Starts a thread. Read loops and the watch call this, which must not end for want of one.</summary>
    private void Start(Worker worker, IThreadPoolWorkItem work)
    {
        try
        {
            worker.Start(work, _start);
        }
        catch (Exception exception) when (exception is OutOfMemoryException or ThreadStartException)
        {
            worker.Dispose();
            _ = ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
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

    private sealed class Worker(WorkerThreads owner) : IDisposable
    {
        private readonly AutoResetEvent _given = new(initialState: false);
        private IThreadPoolWorkItem? _work;

        public void Start(IThreadPoolWorkItem work, Action<ThreadStart> start)
        {
            _work = work;
            start(Run);
        }

        /// <summary>For a worker that has no thread; else the thread does it when it ends.</summary>
        public void Dispose() => _given.Dispose();

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
