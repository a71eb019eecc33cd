using AppNet.Wire;

namespace AppNet.Calls;

/// <summary>
/// How many bytes a sender may still send, of one stream or of all of a link. A frame may take it below zero, so one always fits.
/// docs/protocol.md, section 9.4. Safe for use from many threads.
/// </summary>
/// <param name="initial">The first credit in bytes.</param>
internal sealed class StreamCredit(long initial)
{
    private readonly Lock _gate = new();

    // Guarded by _gate.
    private long _balance = initial;

    // Guarded by _gate. Ends when the balance is above zero again; null when nobody waits.
    private TaskCompletionSource? _more;

    /// <summary>Gets whether a frame may be sent.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_gate)
            {
                return _balance > 0;
            }
        }
    }

    /// <summary>Takes what a frame costs.</summary>
    /// <param name="bytes">The length in its header.</param>
    /// <returns>False when there is no credit; nothing is taken then.</returns>
    public bool TryTake(int bytes)
    {
        lock (_gate)
        {
            if (_balance <= 0)
            {
                return false;
            }

            _balance -= bytes;
            return true;
        }
    }

    /// <summary>Takes what a frame costs that is sent whether or not there is credit.</summary>
    /// <param name="bytes">The length in its header.</param>
    public void Take(int bytes)
    {
        lock (_gate)
        {
            _balance -= bytes;
        }
    }

    /// <summary>Adds what the receiver grants.</summary>
    /// <param name="bytes">How many bytes.</param>
    /// <exception cref="ProtocolException">It is more than a receiver may grant.</exception>
    public void Add(uint bytes)
    {
        TaskCompletionSource? more = null;
        lock (_gate)
        {
            _balance += bytes;
            if (_balance > int.MaxValue)
            {
                throw new ProtocolException("A stream was granted more credit than there can be.");
            }

            if (_balance > 0)
            {
                more = _more;
                _more = null;
            }
        }

        more?.SetResult();
    }

    /// <summary>Waits for credit. Several may wait; not each finds some afterwards.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when there is credit.</returns>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_balance > 0)
            {
                return Task.CompletedTask;
            }

            _more ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _more.Task.WaitAsync(cancellationToken);
        }
    }
}
