using System.Collections.Concurrent;
using System.Diagnostics;
using AppNet.Links;
using AppNet.Wire;

namespace AppNet.Calls;

/// <summary>
/// Runs the calls that come in over one link. A function runs on the read loop itself, which <see cref="LoopWatch"/> hands to another
/// thread when it takes long; one that is known to take long runs elsewhere from the start.
/// </summary>
internal sealed class Dispatcher
{
    private const ulong StoppedBit = 1UL << 32;
    private const ulong HasTakenBit = 1UL << 33;

    private readonly CallProtocol _protocol;
    private readonly Link _link;
    private readonly IncomingTags _tags;
    private readonly Func<CallbackTag, IncomingFunction?> _findCallback;
    private readonly LinkStreams _streams;

    // Only calls whose function can be told of a cancellation.
    private readonly ConcurrentDictionary<uint, IncomingCall> _cancellable = new();

    // The last call taken, and whether no more are: one word, so that the two never disagree.
    private ulong _taken;

    private CallLoad _load;

    // The function that runs on the read loop. Only a hint: a loop that was taken over may clear it late.
    private volatile IncomingFunction? _onLoop;

    // A call object whose call has ended, for the next one. Whoever swaps it out has it.
    private IncomingCall? _spare;

    // Made anew when the peer says something else of itself.
    private volatile Peer? _caller;

    // Owned by the read loop.
    private bool _hasReportedOverload;

    /// <summary>Makes the dispatcher of a link.</summary>
    /// <param name="protocol">What the calls of this peer have in common.</param>
    /// <param name="link">The link.</param>
    /// <param name="streams">The streams of the link.</param>
    /// <param name="findCallback">Finds a callback of a call that this side has made over the link and still waits for.</param>
    public Dispatcher(CallProtocol protocol, Link link, LinkStreams streams, Func<CallbackTag, IncomingFunction?> findCallback)
    {
        _streams = streams;
        _findCallback = findCallback;
        _protocol = protocol;
        _link = link;
        _tags = new IncomingTags(protocol.Options.Connections, protocol.Options.Guard, link.LocalLimits.Tags);
    }

    /// <summary>Gets whether no call runs.</summary>
    public bool IsIdle => _load.IsEmpty;

    /// <summary>Gets what the calls of this peer have in common.</summary>
    public CallProtocol Protocol => _protocol;

    /// <summary>Gets the link.</summary>
    public Link Link => _link;

    /// <summary>Gets a handle to the peer that calls.</summary>
    public Peer Caller =>
        _caller is { } caller && ReferenceEquals(caller.Info, _link.Remote) ? caller : _caller = _protocol.PeerOf(_link);

    /// <summary>Gets the longest payload that the caller takes.</summary>
    public int MaxPayload => Math.Min(_protocol.Options.MaxMessageBytes, _link.RemoteLimits.Frame);

    /// <summary>Says that there is no function under a tag.</summary>
    /// <param name="tag">The tag.</param>
    /// <returns>What the caller gets.</returns>
    public static NetException NoFunction(string tag) => new(
        NetError.NoSuchConnection, $"The peer has no function under the tag '{tag}'. Is it connected there, and its assembly loaded?");

    /// <summary>Gives a tag a number.</summary>
    /// <param name="frame">The frame.</param>
    public void OnTag(in Frame frame) => _tags.Add(frame.Header.Number, frame.Payload);

    /// <summary>Takes note that the function on the loop holds it up.</summary>
    public void OnHeldUp() => _onLoop?.HeldUp();

    /// <summary>Takes a call, or says why not.</summary>
    /// <param name="frame">The frame.</param>
    public void OnCall(in Frame frame)
    {
        var details = CallDetails.Read(in frame);
        var function = FunctionOf(frame.Header.Number, in details);
        var id = frame.Header.Id;
        var bytes = frame.Payload.Length;
        var load = _load.Add(bytes);
        if (_protocol.LogsCalls)
        {
            Log.CallTaken(_protocol.Logger, id, function.Tag, _link.Remote.Id);
        }

        if (Refuse(function, id, load, bytes) is { } refusal)
        {
            if (_protocol.LogsCalls)
            {
                Log.CallAnswered(_protocol.Logger, id, function.Tag, _link.Remote.Id, CallOutcomeText.Of(refusal, flag: null));
            }

            ErrorPayload.Send(_link, id, refusal);
            CallEnded(bytes);
            return;
        }

        var call = Interlocked.Exchange(ref _spare, null) ?? new IncomingCall(this);
        call.Begin(function, id, in details, bytes);
        if (details.Streams > 0)
        {
            // Before user code runs, during which their items may come.
            call.Streams = OpenStreams(function.Tag, id, details.Streams);
        }

        if (function.IsSlow)
        {
            _link.Threads.Queue.Add(call.Queue(frame.Payload));
            _link.Threads.Watch.Wake();
            return;
        }

        _onLoop = function;
        bool isReusable;
        LoopTurn.BeginUserCode();
        try
        {
            isReusable = Run(call, frame.Payload);
        }
        finally
        {
            LoopTurn.EndUserCode();
        }

        // From here on another thread may be in this object: what follows is safe then.
        _onLoop = null;
        if (isReusable)
        {
            Volatile.Write(ref _spare, call);
        }
    }

    /// <summary>Makes ready for the streams of a call.</summary>
    /// <param name="tag">The function.</param>
    /// <param name="id">The call.</param>
    /// <param name="count">How many parameters are streams.</param>
    /// <returns>The streams.</returns>
    public CallStreams OpenStreams(string tag, uint id, int count)
    {
        var streams = new CallStreams(_streams, isOurs: false, count) { Tag = tag };
        _streams.Add(streams, id);
        return streams;
    }

    /// <summary>Tells a function that its caller no longer waits.</summary>
    /// <param name="id">The call.</param>
    public void OnCancel(uint id)
    {
        if (_cancellable.TryRemove(id, out var call))
        {
            call.Cancel();
        }
    }

    /// <summary>Takes no further calls.</summary>
    /// <returns>The last call that was taken.</returns>
    public uint Stop() => (uint)Interlocked.Or(ref _taken, StoppedBit);

    /// <summary>The link is lost: functions that can be told are told.</summary>
    public void CancelAll()
    {
        foreach (var id in _cancellable.Keys)
        {
            OnCancel(id);
        }
    }

    /// <summary>Begins to listen for the cancellation of a call.</summary>
    /// <param name="call">The call.</param>
    public void AddCancellable(IncomingCall call)
    {
        if (!_cancellable.TryAdd(call.Id, call))
        {
            throw new ProtocolException($"Call number {call.Id} is in use.");
        }
    }

    /// <summary>Ends listening for the cancellation of a call.</summary>
    /// <param name="call">The call.</param>
    public void RemoveCancellable(IncomingCall call) => _cancellable.TryRemove(new KeyValuePair<uint, IncomingCall>(call.Id, call));

    /// <summary>Takes note that a call's answer is queued.</summary>
    /// <param name="bytes">The bytes of its arguments.</param>
    public void CallEnded(int bytes)
    {
        if (_load.Remove(bytes) && _link.IsClosing)
        {
            _link.CheckIdle();
        }
    }

    /// <summary>Runs a call's function on this thread, in the peer's own context.</summary>
    /// <param name="call">The call.</param>
    /// <param name="payload">The encoded arguments, valid until this returns.</param>
    /// <returns>Whether the call has ended, so that its object can be used again.</returns>
    public bool Run(IncomingCall call, ReadOnlySpan<byte> payload)
    {
        var function = call.Function;
        var beganAt = function.ShouldMeasure() ? Stopwatch.GetTimestamp() : 0;
        ExecutionContext.Restore(function.Context ?? _protocol.Context);
        var hasEnded = call.Run(payload);
        if (SynchronizationContext.Current is not null)
        {
            SynchronizationContext.SetSynchronizationContext(null);
        }

        if (beganAt != 0)
        {
            function.Measured(Stopwatch.GetElapsedTime(beganAt));
        }

        return hasEnded;
    }

    private IncomingFunction FunctionOf(int number, in CallDetails details) =>
        number == 0 && CallbackTag.TryRead(details.Tag, out var callback)
            ? _findCallback(callback) ?? new IncomingFunction("callback", connection: null, context: null)
            : _tags.Get(number, details.Tag);

    private NetException? Refuse(IncomingFunction function, uint id, (int Calls, long Bytes) load, int bytes)
    {
        if (!function.IsCallback && !TryTake(id))
        {
            return new NetException(NetError.Refused, "The peer stops. The function has not run.");
        }

        if (load.Calls > _link.LocalLimits.Calls)
        {
            ReportOverload(load);
            return new NetException(
                NetError.Overloaded, $"The peer runs {_link.LocalLimits.Calls} calls of this link, as many as it is willing to. The function has not run.");
        }

        // A call that is alone is taken whatever its size, which has a bound of its own.
        if (load.Bytes > _protocol.Options.MaxArgumentBytesPerLink && load.Bytes != bytes)
        {
            ReportOverload(load);
            return new NetException(
                NetError.Overloaded,
                $"The calls of this link hold {load.Bytes - bytes} bytes of arguments, and the peer takes {_protocol.Options.MaxArgumentBytesPerLink}. The function has not run.");
        }

        if (function is { IsCallback: true, Connection: null })
        {
            return new NetException(
                NetError.NoSuchConnection, "The call that the callback was given to has ended. The callback has not run.");
        }

        return function.Connection is null
            ? NoFunction(function.Tag)
            : null;
    }

    private bool TryTake(uint id)
    {
        // Two threads come here at once when a loop was taken over just before: then the later call's number stays.
        while (true)
        {
            var before = Volatile.Read(ref _taken);
            if ((before & StoppedBit) != 0)
            {
                return false;
            }

            var isLater = (before & HasTakenBit) == 0 || (int)(id - (uint)before) > 0;
            var after = HasTakenBit | (isLater ? id : (uint)before);
            if (Interlocked.CompareExchange(ref _taken, after, before) == before)
            {
                return true;
            }
        }
    }

    private void ReportOverload((int Calls, long Bytes) load)
    {
        if (!_hasReportedOverload)
        {
            _hasReportedOverload = true;
            Log.Overloaded(_protocol.Logger, _link.Remote.Id, load.Calls, load.Bytes);
        }
    }
}
