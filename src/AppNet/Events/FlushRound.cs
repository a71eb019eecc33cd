namespace AppNet.Events;

/// <summary>
/// Sends from the pool what raisers have queued who come back at once: many events of a busy raiser so go in one send for each link.
/// </summary>
internal sealed class FlushRound : IThreadPoolWorkItem
{
    private readonly Lock _gate = new();

    // Guarded by _gate. Links that have something to send.
    private List<LinkSubscribers> _waiting = [];

    // Guarded by _gate. Whether a round is due or under way.
    private bool _isQueued;

    // Owned by the round.
    private List<LinkSubscribers> _taken = [];

    /// <summary>Adds a link, which has frames queued.</summary>
    /// <param name="subscribers">The subscribers at its other end.</param>
    public void Add(LinkSubscribers subscribers)
    {
        // Whoever reads that it waits has appended before the round's flush takes what is there.
        if (!subscribers.TryMarkForFlush())
        {
            return;
        }

        lock (_gate)
        {
            _waiting.Add(subscribers);
            if (_isQueued)
            {
                return;
            }

            _isQueued = true;
        }

        _ = ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <inheritdoc/>
    public void Execute()
    {
        while (true)
        {
            lock (_gate)
            {
                (_waiting, _taken) = (_taken, _waiting);
                if (_taken.Count == 0)
                {
                    _isQueued = false;
                    return;
                }
            }

            foreach (var subscribers in _taken)
            {
                subscribers.UnmarkForFlush();
                subscribers.Link.Flush();
            }

            _taken.Clear();
        }
    }
}
