using System.Threading.Tasks.Sources;

namespace AppNet.Transport;

/// <summary>One kind of wait, used again and again, one at a time. Whoever ends it first ends it.</summary>
internal sealed class ReadinessWait(bool endsOnPool) : IValueTaskSource
{
    private const int Idle = 0;
    private const int Waiting = 1;

    private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = endsOnPool };
    private CancellationTokenRegistration _cancellation;
    private CancellationToken _token;
    private int _state;

    /// <summary>Begins a wait.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task that ends with <see cref="End"/> or the token.</returns>
    public ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        _core.Reset();
        _token = cancellationToken;
        Volatile.Write(ref _state, Waiting);
        _cancellation = cancellationToken.UnsafeRegister(static state => ((ReadinessWait)state!).Cancel(), this);
        return new ValueTask(this, _core.Version);
    }

    /// <summary>Ends the wait that is under way, if there is one.</summary>
    public void End()
    {
        if (Interlocked.CompareExchange(ref _state, Idle, Waiting) == Waiting)
        {
            _core.SetResult(result: true);
        }
    }

    /// <inheritdoc/>
    public void GetResult(short token)
    {
        _cancellation.Dispose();
        _ = _core.GetResult(token);
    }

    /// <inheritdoc/>
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    /// <inheritdoc/>
    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void Cancel()
    {
        if (Interlocked.CompareExchange(ref _state, Idle, Waiting) == Waiting)
        {
            _core.SetException(new OperationCanceledException(_token));
        }
    }
}
