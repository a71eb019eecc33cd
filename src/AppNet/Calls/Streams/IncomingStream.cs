using System.Threading.Tasks.Sources;
using AppNet.Wire;

namespace AppNet.Calls;

/// <summary>
/// What has come of a stream and is not read yet, at most its credit and one frame. Filled by the read loop, emptied by one reader; the
/// reader grants more as it goes on.
/// </summary>
internal sealed class IncomingStream : IValueTaskSource<bool>
{
    private readonly CallStreams _call;
    private readonly int _step;
    private readonly Lock _gate = new();

    // Guarded by _gate.
    private readonly Queue<ReceivedItems> _waiting = new();

    // Set under _gate, or by the reader that begins to wait.
    private ManualResetValueTaskSourceCore<bool> _arrival = new() { RunContinuationsAsynchronously = true };

    // Guarded by _gate. Whether the reader waits.
    private bool _isAwaited;

    // Guarded by _gate. Whether nothing more comes.
    private bool _isComplete;

    // Guarded by _gate. Why nothing more comes; null when the stream has ended in order.
    private Exception? _failure;

    // Guarded by _gate. What the sender may still send.
    private long _credit;

    // Guarded by _gate. What was read and is not granted again yet.
    private int _consumed;

    /// <summary>Makes a stream.</summary>
    /// <param name="call">The call to which it belongs.</param>
    /// <param name="number">Its number; 0 is the result.</param>
    public IncomingStream(CallStreams call, int number)
    {
        _call = call;
        Number = number;
        _credit = call.Link.LocalLimits.Stream;
        _step = call.Link.LocalLimits.Stream / 4;
    }

    /// <summary>Gets the stream's number.</summary>
    public int Number { get; }

    /// <summary>Gets the call to which it belongs.</summary>
    public CallStreams Call => _call;

    /// <summary>Takes a frame of items. On the read loop.</summary>
    /// <param name="frame">The frame.</param>
    /// <returns>False when nobody wants it.</returns>
    /// <exception cref="ProtocolException">It came without credit.</exception>
    public bool OnItem(in Frame frame)
    {
        var items = ReceivedItems.Copy(in frame);
        bool wakes;
        lock (_gate)
        {
            if (_isComplete)
            {
                items.Return();
                return false;
            }

            // A progress needs none: what cannot be sent in time is replaced there, and the last one goes ahead of the answer.
            if (_credit <= 0 && !IsProgress)
            {
                throw new ProtocolException($"Items of stream {Number} of call {_call.Id} came without credit.");
            }

            _credit -= items.Cost;
            _waiting.Enqueue(items);
            wakes = _isAwaited;
            _isAwaited = false;
        }

        if (wakes)
        {
            _arrival.SetResult(true);
        }

        return true;
    }

    /// <summary>Gets or sets whether reports of progress come.</summary>
    public bool IsProgress { get; init; }

    /// <summary>Says that nothing more comes; what has come can still be read.</summary>
    /// <param name="failure">Why; null: the stream has ended in order.</param>
    public void Complete(Exception? failure) => Complete(failure, drops: false);

    /// <summary>Says that nothing more is wanted, and drops what has come.</summary>
    /// <param name="reason">What the reader is told.</param>
    /// <returns>Whether the other side has not ended the stream yet, and is to be told.</returns>
    public bool Abandon(Exception? reason) => Complete(reason, drops: true);

    /// <summary>Takes the next frame of items.</summary>
    /// <param name="items">The items.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryTake(out ReceivedItems items)
    {
        lock (_gate)
        {
            return _waiting.TryDequeue(out items);
        }
    }

    /// <summary>Says whether the stream is over, once nothing waits.</summary>
    /// <param name="failure">Why; null when it has ended in order.</param>
    /// <returns>Whether it is.</returns>
    public bool IsOver(out Exception? failure)
    {
        lock (_gate)
        {
            failure = _failure;
            return _isComplete && _waiting.Count == 0;
        }
    }

    /// <summary>Waits until there is something to take or the stream is over. Called by one reader at a time.</summary>
    /// <returns>A task that ends then.</returns>
    public ValueTask<bool> WaitAsync()
    {
        lock (_gate)
        {
            if (_isComplete || _waiting.Count > 0)
            {
                return new ValueTask<bool>(true);
            }

            _arrival.Reset();
            _isAwaited = true;
            return new ValueTask<bool>(this, _arrival.Version);
        }
    }

    /// <summary>Gives credit back for items that were read.</summary>
    /// <param name="cost">What they took.</param>
    public void Consumed(int cost)
    {
        var grant = 0;
        lock (_gate)
        {
            _consumed += cost;
            if (_consumed >= _step && !_isComplete)
            {
                grant = _consumed;
                _credit += grant;
                _consumed = 0;
            }
        }

        if (grant > 0)
        {
            _call.SendCredit(Number, grant);
        }

        _call.Streams.Consumed(cost);
    }

    /// <inheritdoc/>
    bool IValueTaskSource<bool>.GetResult(short token) => _arrival.GetResult(token);

    /// <inheritdoc/>
    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _arrival.GetStatus(token);

    /// <inheritdoc/>
    void IValueTaskSource<bool>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _arrival.OnCompleted(continuation, state, token, flags);

    private bool Complete(Exception? failure, bool drops)
    {
        var dropped = 0;
        bool wakes;
        bool isFirst;
        lock (_gate)
        {
            isFirst = !_isComplete;
            if (!isFirst && !drops)
            {
                return false;
            }

            _isComplete = true;
            _failure = failure;
            while (drops && _waiting.TryDequeue(out var items))
            {
                dropped += items.Cost;
                items.Return();
            }

            wakes = _isAwaited;
            _isAwaited = false;
        }

        if (wakes)
        {
            _arrival.SetResult(true);
        }

        if (dropped > 0)
        {
            _call.Streams.Consumed(dropped);
        }

        return isFirst;
    }
}
