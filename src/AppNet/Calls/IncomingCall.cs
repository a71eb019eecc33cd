using System.Diagnostics;
using System.Text.Json;
using AppNet.Connections;
using AppNet.Diagnostics;
using AppNet.Links;
using AppNet.Wire;

namespace AppNet.Calls;

/// <summary>
/// One call that runs here, from its arguments to its answer. Used again for another call when this one has ended before
/// <see cref="Run"/> returned, and could not be cancelled.
/// </summary>
internal sealed class IncomingCall(Dispatcher dispatcher) : Invocation
{
    private FrameFlags _flags;
    private int _trailingDefaults;
    private long? _deadline;
    private CancellationTokenSource? _cancellation;
    private CallContext? _context;
    private TakenCallbacks? _callbacks;
    private Activity? _activity;
    private ActivityContext _parent;
    private long _beganAt;
    private bool _hasEnded;
    private bool _isAsynchronous;
    private int _argumentBytes;

    // Set by whoever cancels; looked at when the call comes off the queue.
    private volatile bool _isCancelled;

    // Whether it had to wait for a thread.
    private bool _isQueued;

    // Whoever cancels a call holds it for a moment after it was found: the object must not be another call by then.
    private bool _isCancellable;

    /// <summary>Gets who runs it.</summary>
    public Dispatcher Dispatcher => dispatcher;

    /// <summary>Gets the call's number.</summary>
    public uint Id { get; private set; }

    /// <summary>Gets the function.</summary>
    public IncomingFunction Function { get; private set; } = null!;

    /// <summary>Gets or sets the call's streams; null when it has none.</summary>
    public CallStreams? Streams { get; set; }

    /// <inheritdoc/>
    public override CancellationToken CancellationToken => _cancellation?.Token ?? CancellationToken.None;

    /// <inheritdoc/>
    public override JsonSerializerOptions SerializerOptions => dispatcher.Protocol.Options.SerializerOptions;

    /// <inheritdoc/>
    internal override IServiceProvider? Services => dispatcher.Protocol.Options.Services;

    /// <inheritdoc/>
    internal override object Context => _context ??= new CallContext(
        Function.Tag, dispatcher.Caller, _deadline, dispatcher.Protocol.Options.Time, _activity?.Context ?? _parent, CancellationToken);

    private TimeProvider Time => dispatcher.Protocol.Options.Time;

    /// <summary>Takes what the call's frame says, except for the arguments.</summary>
    /// <param name="function">The function, which this peer has.</param>
    /// <param name="id">The call's number.</param>
    /// <param name="details">The header fields.</param>
    /// <param name="argumentBytes">The bytes of its arguments.</param>
    public void Begin(IncomingFunction function, uint id, in CallDetails details, int argumentBytes)
    {
        _argumentBytes = argumentBytes;
        Function = function;
        Id = id;
        HasBegun = false;
        _hasEnded = _isAsynchronous = false;
        _context = null;
        Streams = null;
        _flags = details.Layout;
        _trailingDefaults = details.TrailingDefaults;
        _parent = details.Parent;
        _deadline = details.TimeLeft is { } left ? Time.GetTimestamp() + (long)(left.TotalSeconds * Time.TimestampFrequency) : null;
        if (function.Connection!.Definition.IsCancellable)
        {
            _isCancellable = true;
            _cancellation = details.TimeLeft is { } limit ? new CancellationTokenSource(limit, Time) : new CancellationTokenSource();
            dispatcher.AddCancellable(this);
        }

        if (CallTelemetry.IsWanted)
        {
            BeginTelemetry(details.Parent);
        }
    }

    /// <summary>Makes the call wait for a thread. It can be cancelled until then, even where its function takes no token.</summary>
    /// <param name="payload">The encoded arguments, which are copied.</param>
    /// <returns>The work.</returns>
    public QueuedCall Queue(ReadOnlySpan<byte> payload)
    {
        _isQueued = true;
        if (!_isCancellable)
        {
            dispatcher.AddCancellable(this);
        }

        return new QueuedCall(this, payload);
    }

    /// <summary>Ends a call that nobody waits for any more, before its function has begun.</summary>
    /// <returns>Whether it has ended so.</returns>
    public bool TryDrop()
    {
        if (_isCancelled)
        {
            End(new NetException(NetError.Refused, $"The caller of '{Function.Tag}' no longer waits. The function has not run."));
            return true;
        }

        if (_deadline is { } deadline && Time.GetTimestamp() >= deadline)
        {
            End(new NetException(NetError.TimedOut, $"The deadline of '{Function.Tag}' passed before a thread was free for it. The function has not run."));
            return true;
        }

        return false;
    }

    /// <summary>Runs the function. Never throws.</summary>
    /// <param name="payload">The encoded arguments.</param>
    /// <returns>Whether the call has ended and nobody else knows of it, so that the object can be used again.</returns>
    public bool Run(ReadOnlySpan<byte> payload)
    {
        try
        {
            if (_activity is not null)
            {
                // Undone, as all else, by restoring the context before the next function.
                Activity.Current = _activity;
            }

            var definition = Function.Connection!.Definition;
            if (Function.IsGuarded && dispatcher.Protocol.Options.Guard.Refuse(Function.Connection, (CallContext)Context) is { } refusal)
            {
                // Before the arguments are read: so it counts as not run.
                throw refusal;
            }

            var arguments = new ArgumentReader(
                payload,
                (_flags & FrameFlags.Named) != 0,
                _trailingDefaults,
                definition,
                SerializerOptions,
                (_flags & FrameFlags.Raw) != 0,
                Streams);
            arguments.Invocation = this;
            definition.Invoke(ref arguments, this);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }

        return !_isAsynchronous && !_isCancellable && Streams is null;
    }

    /// <inheritdoc/>
    internal override ProxyCaller? OpenCallback(int number)
    {
        // Only a call that can be cancelled is known by its number, and is no other call afterwards.
        if (!_isCancellable)
        {
            return null;
        }

        _callbacks ??= new TakenCallbacks(dispatcher.Link, Id, Function.Tag, () => ((CallContext)Context).TimeLeft, CancellationToken);
        return new CallbackCaller(_callbacks, number);
    }

    /// <summary>Tells the function that nobody waits for it any more.</summary>
    public void Cancel()
    {
        _isCancelled = true;
        try
        {
            // What the function has registered runs on the pool: it must not hold up the read loop.
            _ = _cancellation?.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // The function has just ended.
        }
    }

    /// <inheritdoc/>
    public override void Return()
    {
        Streams?.EndProgress();
        Answer(default);
    }

    /// <inheritdoc/>
    public override void Return<T>(T result, ValueCodec<T> codec)
    {
        if (result is Flag flag)
        {
            AnswerFlag(flag.Name);
            return;
        }

        Answer(result, codec);
    }

    /// <inheritdoc/>
    public override void Return(Task task) => Return(new ValueTask(Checked(task, Function.Tag)));

    /// <inheritdoc/>
    public override void Return(ValueTask task)
    {
        if (task.IsCompletedSuccessfully)
        {
            task.GetAwaiter().GetResult();
            Return();
        }
        else
        {
            // Ends in an answer whatever happens: nothing is left to observe.
            _isAsynchronous = true;
            _ = AwaitAsync(task);
        }
    }

    /// <inheritdoc/>
    public override void Return<T>(Task<T> task, ValueCodec<T> codec) => Return(new ValueTask<T>(Checked(task, Function.Tag)), codec);

    /// <inheritdoc/>
    public override void Return<T>(ValueTask<T> task, ValueCodec<T> codec)
    {
        if (task.IsCompletedSuccessfully)
        {
            Return(task.GetAwaiter().GetResult(), codec);
        }
        else
        {
            _isAsynchronous = true;
            _ = AwaitAsync(task, codec);
        }
    }

    private async Task AwaitAsync(ValueTask task)
    {
        try
        {
            await task.ConfigureAwait(false);
            Return();
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    private async Task AwaitAsync<T>(ValueTask<T> task, ValueCodec<T> codec)
    {
        try
        {
            var result = await task.ConfigureAwait(false);
            if (result is Flag flag)
            {
                AnswerFlag(flag.Name);
                return;
            }

            Answer(result, codec);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    private bool TryWrite<T>(PayloadBuffer buffer, T result, ValueCodec<T> codec)
    {
        try
        {
            ResultPayload.Write(buffer, codec, result, Function.Tag, SerializerOptions);
            return true;
        }
        catch (NetException exception)
        {
            End(exception);
            return false;
        }
    }

    private void Answer<T>(T result, ValueCodec<T> codec)
    {
        if (codec.IsStream && result is not null)
        {
            AnswerStream(result, codec);
            return;
        }

        Streams?.EndProgress();
        var buffer = PayloadBuffer.Rent(dispatcher.MaxPayload, dispatcher.Link.RemoteLimits.Raw);
        try
        {
            if (TryWrite(buffer, result, codec))
            {
                AnswerRaw(buffer);
            }
        }
        finally
        {
            PayloadBuffer.Return(buffer);
        }
    }

    /// <summary>Opens the stream that is the result; the call ends with it.</summary>
    private void AnswerStream<T>(T result, ValueCodec<T> codec)
    {
        if (dispatcher.Link.RemoteLimits.Stream == 0)
        {
            End(new NetException(NetError.BadResult, $"'{Function.Tag}' answers with a stream, and the caller takes none."));
            return;
        }

        _isAsynchronous = true;
        var streams = Streams ??= dispatcher.OpenStreams(Function.Tag, Id, count: 0);
        streams.Classify = Classify;
        codec.Return(streams, result);
        _hasEnded = true;
        LogReply(error: null, flag: null);
        _ = StreamAsync(streams);
    }

    private async Task StreamAsync(CallStreams streams)
    {
        while (!TryQueue(FrameType.Answer, FrameFlags.None, number: 1, default))
        {
            await dispatcher.Link.WaitForRoomAsync(CancellationToken.None).ConfigureAwait(false);
        }

        var error = await streams.SendResultAsync().ConfigureAwait(false);
        if (error is not null)
        {
            Log.FunctionFailed(dispatcher.Protocol.Logger, error, Function.Tag, dispatcher.Link.Remote.Id, error.Error);
        }

        _callbacks?.End();
        if (TakeScope() is { } scope)
        {
            // The service lives as long as what it streams; its end has nobody left to tell but the log.
            try
            {
                await ServiceScopes.EndAsync(scope).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                var failure = new FunctionFailure(exception);
                Log.FunctionFailed(dispatcher.Protocol.Logger, failure, Function.Tag, dispatcher.Link.Remote.Id, failure.Error);
            }
        }

        Finish(error);
    }

    private void AnswerRaw(PayloadBuffer payload)
    {
        if (payload.Segments.IsEmpty)
        {
            Answer(payload.WrittenSpan);
            return;
        }

        _hasEnded = true;
        _callbacks?.End();
        if (TakeScope() is { } scope)
        {
            _isAsynchronous = true;
            _ = SendAfterAsync(
                ServiceScopes.EndAsync(scope), FrameType.Answer, FrameFlags.Raw, number: 0, payload.ToArray(), error: null, flag: null);
            return;
        }

        LogReply(error: null, flag: null);
        var link = dispatcher.Link;
        if (link.Append(FrameType.Answer, FrameFlags.None, 0, Id, default, payload.WrittenSpan, payload.Segments) != SendOutcome.Full)
        {
            link.FlushNow();
            Finish(error: null);
            return;
        }

        _isAsynchronous = true;
        _ = ReplyWhenRoomAsync(FrameType.Answer, FrameFlags.Raw, number: 0, payload.ToArray(), error: null);
    }

    private void Answer(ReadOnlySpan<byte> payload) => Reply(FrameType.Answer, number: 0, payload, error: null);

    /// <summary>Ends the scope of the call's service, if it has one, and then the call.</summary>
    private void Reply(FrameType type, ushort number, ReadOnlySpan<byte> payload, NetException? error, string? flag = null)
    {
        _hasEnded = true;
        _callbacks?.End();
        if (TakeScope() is not { } scope)
        {
            Send(type, FrameFlags.None, number, payload, error, flag);
            return;
        }

        var ending = ServiceScopes.EndAsync(scope);
        if (ending.IsCompletedSuccessfully)
        {
            Send(type, FrameFlags.None, number, payload, error, flag);
        }
        else
        {
            _isAsynchronous = true;
            _ = SendAfterAsync(ending, type, FrameFlags.None, number, payload.ToArray(), error, flag);
        }
    }

    /// <summary>Ends the call behind its scope. What a service throws when it is disposed of is the function's, unless that has failed itself.</summary>
    private async Task SendAfterAsync(
        ValueTask ending, FrameType type, FrameFlags flags, ushort number, ReadOnlyMemory<byte> payload, NetException? error, string? flag)
    {
        try
        {
            await ending.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            var failure = new FunctionFailure(exception);
            Log.FunctionFailed(dispatcher.Protocol.Logger, failure, Function.Tag, dispatcher.Link.Remote.Id, failure.Error);
            if (error is null)
            {
                Send(
                    FrameType.Error, FrameFlags.None, (ushort)failure.Error, ErrorPayload.Write(failure, dispatcher.Link.RemoteLimits.Frame), failure, flag: null);
                return;
            }
        }

        Send(type, flags, number, payload.Span, error, flag);
    }

    /// <summary>Queues what the caller gets and ends the call: now, or when the send queue has room for it.</summary>
    private void Send(FrameType type, FrameFlags flags, ushort number, ReadOnlySpan<byte> payload, NetException? error, string? flag)
    {
        LogReply(error, flag);
        if (TryQueue(type, flags, number, payload))
        {
            Finish(error);
            return;
        }

        // The call counts as running until then: so what waits is bounded by the calls that run at once.
        _isAsynchronous = true;
        _ = ReplyWhenRoomAsync(type, flags, number, payload.ToArray(), error);
    }

    private void LogReply(NetException? error, string? flag)
    {
        if (dispatcher.Protocol.LogsCalls)
        {
            Log.CallAnswered(dispatcher.Protocol.Logger, Id, Function.Tag, dispatcher.Link.Remote.Id, CallOutcomeText.Of(error, flag));
        }
    }

    private bool TryQueue(FrameType type, FrameFlags flags, ushort number, ReadOnlySpan<byte> payload)
    {
        if (dispatcher.Link.Append(type, flags, number, Id, default, payload, canWait: true) == SendOutcome.Full)
        {
            return false;
        }

        dispatcher.Link.Flush();
        return true;
    }

    private async Task ReplyWhenRoomAsync(FrameType type, FrameFlags flags, ushort number, byte[] payload, NetException? error)
    {
        do
        {
            await dispatcher.Link.WaitForRoomAsync(CancellationToken.None).ConfigureAwait(false);
        }
        while (!TryQueue(type, flags, number, payload));
        Finish(error);
    }

    private void AnswerFlag(string flag) => Reply(FrameType.Flag, number: 0, FlagPayload.Write(flag), error: null, flag);

    private void Fail(Exception exception)
    {
        if (exception is not FlagException flag)
        {
            End(Classify(exception));
        }
        else if (!_hasEnded)
        {
            AnswerFlag(flag.Name);
        }
    }

    private NetException Classify(Exception exception)
    {
        if (!HasBegun)
        {
            return exception as NetException ?? new NetException(NetError.BadArguments, RemoteErrors.MessageOf(exception), exception);
        }

        if (exception is OperationCanceledException && _deadline is { } deadline && Time.GetTimestamp() >= deadline)
        {
            return new NetException(NetError.TimedOut, $"'{Function.Tag}' was cancelled at the caller's deadline.", exception);
        }

        // Whatever the function threw is its own: a NetException or a cancellation speaks of some call of its, not of this one.
        return new FunctionFailure(exception);
    }

    private void End(NetException error)
    {
        if (_hasEnded)
        {
            return;
        }

        Log.FunctionFailed(dispatcher.Protocol.Logger, error, Function.Tag, dispatcher.Link.Remote.Id, error.Error);
        Streams?.EndProgress();
        Reply(FrameType.Error, (ushort)error.Error, ErrorPayload.Write(error, dispatcher.Link.RemoteLimits.Frame), error);
    }

    private void Finish(NetException? error)
    {
        Streams?.End(reason: null);
        if (_isQueued || _isCancellable)
        {
            dispatcher.RemoveCancellable(this);
        }

        if (_cancellation is { } cancellation)
        {
            _cancellation = null;
            cancellation.Dispose();
        }

        if (_beganAt != 0)
        {
            Telemetry.Add(Telemetry.Pending, -1, Telemetry.Callee);
            CallTelemetry.End(Function.Tag, Telemetry.Callee, _beganAt, _activity, error);
            _activity = null;
            _beganAt = 0;
        }

        dispatcher.CallEnded(_argumentBytes);
    }

    private void BeginTelemetry(ActivityContext parent)
    {
        _beganAt = Stopwatch.GetTimestamp();
        Telemetry.Add(Telemetry.Calls, 1, Telemetry.Callee, Telemetry.Function(Function.Tag));
        Telemetry.Add(Telemetry.Pending, 1, Telemetry.Callee);

        // What the function before has left on this thread is no parent of this call.
        Activity.Current = null;
        _activity = CallTelemetry.Start(Function.Tag, ActivityKind.Server, parent, dispatcher.Link.Remote.Id);
    }
}
