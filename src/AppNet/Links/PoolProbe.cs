using System.Diagnostics;

namespace AppNet.Links;

/// <summary>Tells whether the thread pool has a thread to spare, by a work item that should have run by now.</summary>
internal sealed class PoolProbe : IThreadPoolWorkItem
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private long _askedAt = Stopwatch.GetTimestamp();
    private volatile bool _isAsking;

    /// <summary>Looks, and asks anew when the last question is answered. Not called concurrently.</summary>
    /// <returns>Whether the pool has owed an answer for longer than it should.</returns>
    public bool IsStarved()
    {
        var since = Stopwatch.GetElapsedTime(_askedAt);
        if (_isAsking)
        {
            return since > Patience;
        }

        if (since >= Interval)
        {
            _askedAt = Stopwatch.GetTimestamp();
            _isAsking = true;
            _ = ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        return false;
    }

    /// <inheritdoc/>
    public void Execute() => _isAsking = false;
}
