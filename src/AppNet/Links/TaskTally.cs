namespace AppNet.Links;

/// <summary>
/// Counts tasks that nobody holds one by one, so that whoever owns them can bound them and await the end of all. Each task ends what it has
/// begun, whatever happens in it. Safe for use from many threads.
/// </summary>
/// <param name="limit">The most tasks at once.</param>
internal sealed class TaskTally(int limit)
{
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();

    // Guarded by _gate.
    private int _count;

    // Guarded by _gate.
    private bool _isClosed;

    /// <summary>Counts a task that is about to begin.</summary>
    /// <returns>False when there are as many as may be, or no more may begin.</returns>
    public bool TryBegin()
    {
        lock (_gate)
        {
            if (_isClosed || _count >= limit)
            {
                return false;
            }

            _count++;
            return true;
        }
    }

    /// <summary>Counts a task that has ended.</summary>
    public void End()
    {
        lock (_gate)
        {
            if (--_count > 0 || !_isClosed)
            {
                return;
            }
        }

        _ = _empty.TrySetResult();
    }

    /// <summary>Lets no more begin.</summary>
    /// <returns>A task that ends when all have ended.</returns>
    public Task CloseAsync()
    {
        lock (_gate)
        {
            _isClosed = true;
            if (_count == 0)
            {
                _ = _empty.TrySetResult();
            }
        }

        return _empty.Task;
    }
}
