using System.Text.Json;
using System.Threading.Tasks.Sources;
using AppNet.Connections;
using AppNet.Wire;

namespace AppNet.Calls;

/// <summary>A call that waits for a result of a type. Pooled: it is used again once its result was taken.</summary>
/// <typeparam name="TResult">The result.</typeparam>
internal sealed class PendingCall<TResult> : PendingCall, IValueTaskSource<TResult>
{
    private const int MaxIdle = 256;

    // A stack of each thread's own: a call mostly ends on the thread that begins the next.
    [ThreadStatic]
    private static Stack<PendingCall<TResult>>? _idle;

    private ManualResetValueTaskSourceCore<TResult> _core;
    private ValueCodec<TResult> _codec = null!;
    private CallTable _table = null!;
    private CancellationTokenRegistration _cancellation;
    private CancellationToken _token;
    private ITimer? _deadline;
    private string? _flag;

    // Read, and not yet handed out.
    private TResult _result = default!;

    private PendingCall()
    {
    }

    /// <summary>Gets what the caller awaits, once.</summary>
    public ValueTask<TResult> Task => new(this, _core.Version);

    /// <summary>Returns a call that is not yet sent.</summary>
    /// <param name="table">Where it will wait.</param>
    /// <param name="tag">The tag that is called.</param>
    /// <param name="codec">How its result is read.</param>
    /// <param name="name">What is called, for logs and messages; null: the tag.</param>
    /// <returns>The call.</returns>
    public static PendingCall<TResult> Rent(CallTable table, string tag, ValueCodec<TResult> codec, string? name = null)
    {
        var call = _idle is { Count: > 0 } idle ? idle.Pop() : new PendingCall<TResult>();
        call._table = table;
        call._codec = codec;
        call.Tag = tag;
        call.Name = name ?? tag;
        return call;
    }

    /// <summary>Makes the call end with the token or the deadline, whichever comes first. After it was sent.</summary>
    /// <param name="timeout">The time left, or null.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    public void Bound(TimeSpan? timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        if (timeout is { } limit)
        {
            _deadline = new CallDeadline(_table, this, Id, limit).Start(time);
        }

        if (cancellationToken.CanBeCanceled)
        {
            _token = cancellationToken;
            _cancellation = cancellationToken.UnsafeRegister(static state => ((PendingCall<TResult>)state!).Cancel(), this);
        }
    }

    /// <summary>Gives a call back that was not sent.</summary>
    public void Abandon() => Recycle();

    /// <inheritdoc/>
    public override NetException? Read(in Frame answer)
    {
        try
        {
            _result = answer.Header.Number != 0
                ? Open()
                : ResultPayload.Read(
                    answer.Payload, _codec, Name, _table.SerializerOptions, answer.Header.Flags.HasFlag(FrameFlags.Raw));
            return null;
        }
        catch (NetException exception)
        {
            return exception;
        }
    }

    /// <inheritdoc/>
    public override void Complete()
    {
        var result = _result;
        _result = default!;
        _core.SetResult(result);
    }

    /// <inheritdoc/>
    public override void Raise(string flag)
    {
        _flag = flag;
        _core.SetResult(default!);
    }

    /// <inheritdoc/>
    public override void Fail(Exception exception, bool inline)
    {
        _core.RunContinuationsAsynchronously = !inline;
        _core.SetException(exception);
    }

    /// <inheritdoc/>
    public TResult GetResult(short token)
    {
        // Waits for a callback that is running; after it nobody else knows this call.
        _cancellation.Dispose();
        _deadline?.Dispose();
        if (_flag is not null)
        {
            return HandleFlag(_flag, token);
        }

        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            Recycle();
        }
    }

    /// <inheritdoc/>
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    /// <inheritdoc/>
    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    // Taking the result is what the caller does, so this is its context.
    private TResult HandleFlag(string flag, short token)
    {
        var codec = _codec;
        var options = _table.Protocol.Options;
        var raised = new RaisedFlag(flag, Name, _table.Protocol.PeerOf(_table.Link));
        _ = _core.GetResult(token);
        Recycle();
        return raised.Handle(options.Flags, codec, options.SerializerOptions);
    }

    private TResult Open()
    {
        try
        {
            return _codec.Open(Streams!);
        }
        catch (Exception exception) when (exception is InvalidOperationException or JsonException)
        {
            Streams!.Drop();
            throw new NetException(NetError.BadResult, $"The result of '{Tag}' can't be read: {exception.Message}", exception);
        }
    }

    private void Cancel()
    {
        if (_table.TryTake(this))
        {
            _table.SendCancel(Id);
            _table.Fail(this, new OperationCanceledException($"The call of '{Name}' was cancelled.", _token));
        }
    }

    private void Recycle()
    {
        _core.Reset();
        _core.RunContinuationsAsynchronously = false;
        _codec = null!;
        _table = null!;
        _cancellation = default;
        _token = default;
        _deadline = null;
        _flag = null;
        Activity = null;
        Callbacks = null;
        BeganAt = 0;
        Streams = null;
        IsReported = false;
        var idle = _idle ??= new Stack<PendingCall<TResult>>();
        if (idle.Count < MaxIdle)
        {
            idle.Push(this);
        }
    }
}
