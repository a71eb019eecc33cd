using System.Text.Json;
using AppNet.Links;
using AppNet.Wire;

namespace AppNet.Calls;

/// <summary>
/// The calls over one link that wait for their answer, by number. Numbers are given in the order of sending, so that a peer that
/// stops can name the last one it took; they wrap, and one still in use is passed over. Safe for use from many threads.
/// </summary>
internal sealed class CallTable
{
    private const int InitialSlots = 16;

    private readonly CallProtocol _protocol;
    private readonly Link _link;
    private readonly OutgoingTags _tags;
    private readonly LinkStreams _streams;
    private readonly Lock _gate = new();

    // Guarded by _gate. A power of two; a call stands at its number modulo the length.
    private PendingCall?[] _slots = new PendingCall?[InitialSlots];

    // Guarded by _gate.
    private int _count;

    // Guarded by _gate.
    private uint _lastId;

    // Guarded by _gate. Whether the other side has said which calls it took, so that those that are left are of them.
    private bool _areTaken;

    // Guarded by _gate. Why no call can be added any more.
    private NetException? _end;

    /// <summary>Makes the table of a link.</summary>
    /// <param name="protocol">What the calls of this peer have in common.</param>
    /// <param name="link">The link.</param>
    /// <param name="streams">The streams of the link.</param>
    /// <param name="lastId">The number before the first call's.</param>
    public CallTable(CallProtocol protocol, Link link, LinkStreams streams, uint lastId = 0)
    {
        _streams = streams;
        _protocol = protocol;
        _link = link;
        _lastId = lastId;
        _tags = new OutgoingTags(link);
        protocol.Slow.Add(this);
    }

    /// <summary>
    /// Gets whether no call waits. Once the link takes no calls this does not change back: a call that was being added is seen.
    /// </summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _count == 0;
            }
        }
    }

    /// <summary>Gets the options for values without a codec of their own.</summary>
    public JsonSerializerOptions SerializerOptions => _protocol.Options.SerializerOptions;

    /// <summary>Gets what the calls of this peer have in common.</summary>
    public CallProtocol Protocol => _protocol;

    /// <summary>Gets the longest payload that may be sent to this peer.</summary>
    public int MaxPayload => Math.Min(_protocol.Options.MaxMessageBytes, _link.RemoteLimits.Frame - FieldWriter.MaxSize);

    /// <summary>Gets the peer's name for messages.</summary>
    public string RemoteName => _link.Remote.Id.ToFriendlyString();

    /// <summary>Gets the link.</summary>
    public Link Link => _link;

    /// <summary>Gets the streams of the link.</summary>
    public LinkStreams Streams => _streams;

    /// <summary>Gives a call its number and queues its frame, both or neither.</summary>
    /// <param name="call">The call.</param>
    /// <param name="request">What is sent.</param>
    /// <returns>What became of it; unless queued, the call is not in the table.</returns>
    /// <exception cref="NetException">The peer takes no more calls at once.</exception>
    public SendOutcome Start(PendingCall call, in CallRequest request)
    {
        // Read before the call is sent: once it is, its answer may have come and the object may be another call's.
        var tag = call.Name;
        var outcome = Start(call, in request, out var id);
        if (_protocol.LogsCalls && outcome == SendOutcome.Queued)
        {
            Log.CallSent(_protocol.Logger, id, tag, _link.Remote.Id);
        }

        return outcome;
    }

    private SendOutcome Start(PendingCall call, in CallRequest request, out uint id)
    {
        id = 0;
        lock (_gate)
        {
            // A callback belongs to a call that is under way, which a link that is being left finishes: section 5.2.
            if (_end is not null || (!_link.TakesCalls && !call.IsCallback))
            {
                return SendOutcome.Closed;
            }

            if (_count >= _link.RemoteLimits.Calls)
            {
                throw new NetException(
                    NetError.Overloaded, $"{_count} calls to {RemoteName} are unanswered, as many as it takes. The function has not run.");
            }

            id = call.Id = NextFreeIdLocked();
            if (call.Streams is { } streams)
            {
                // Before the frame is queued: the other side may answer to it before this thread goes on.
                _streams.Add(streams, id);
            }

            var outcome = SendLocked(call, in request);
            if (outcome == SendOutcome.Queued)
            {
                call.BeganAtTick = _protocol.Slow.Tick;
                _slots[call.Id & (_slots.Length - 1)] = call;
                _count++;
            }

            return outcome;
        }
    }

    /// <summary>Finds a callback of a call that waits.</summary>
    /// <param name="tag">The callback's tag.</param>
    /// <returns>The function, or null when the call has ended or gave no such callback.</returns>
    public IncomingFunction? FindCallback(CallbackTag tag)
    {
        GivenCallbacks? callbacks;
        lock (_gate)
        {
            callbacks = _slots[tag.Call & (_slots.Length - 1)] is { } call && call.Id == tag.Call ? call.Callbacks : null;
        }

        return callbacks?.Find(tag.Callback, tag.Method);
    }

    /// <summary>Takes a call out, so that the caller of this method is the one who ends it.</summary>
    /// <param name="call">The call.</param>
    /// <returns>Whether it was still there.</returns>
    public bool TryTake(PendingCall call) => TryTake(call, call.Id);

    /// <summary>Takes a call out, if it still has this number.</summary>
    /// <param name="call">The call.</param>
    /// <param name="id">Its number.</param>
    /// <returns>Whether it was still there.</returns>
    public bool TryTake(PendingCall call, uint id)
    {
        lock (_gate)
        {
            return ReferenceEquals(_slots[id & (_slots.Length - 1)], call) && call.Id == id && TakeLocked(id) is not null;
        }
    }

    /// <summary>Ends the call that an answer is for. An answer that nobody waits for any more is dropped.</summary>
    /// <param name="answer">The frame.</param>
    /// <exception cref="ProtocolException">It is a flag without a proper name.</exception>
    public void OnAnswer(in Frame answer)
    {
        var flag = answer.Header.Type == FrameType.Flag ? FlagPayload.Read(in answer) : null;
        PendingCall? call;
        lock (_gate)
        {
            call = TakeLocked(answer.Header.Id);
        }

        if (call is null)
        {
            return;
        }

        var error = answer.Header.Type == FrameType.Error
            ? ErrorPayload.Read(in answer, call.Name, _link.Remote.Id, _protocol.Options.Exceptions)
            : null;
        if (answer.Header is { Type: FrameType.Answer, Number: not 0 })
        {
            // Before user code runs, during which the items may come.
            OpenResult(call);
        }
        else
        {
            call.Streams?.End(reason: null);
        }

        LoopTurn.BeginUserCode();
        try
        {
            End(call, in answer, error, flag);
        }
        finally
        {
            LoopTurn.EndUserCode();
        }

        CheckIdle();
    }

    /// <summary>Tells the other side that nobody waits for a call any more.</summary>
    /// <param name="id">The call's number.</param>
    public void SendCancel(uint id)
    {
        _ = _link.Append(FrameType.Cancel, FrameFlags.None, 0, id, default, default, canWait: false);
        _link.Flush();
    }

    /// <summary>Ends a call that was taken out. What awaits it goes on on the thread pool.</summary>
    /// <param name="call">The call.</param>
    /// <param name="exception">The error.</param>
    public void Fail(PendingCall call, Exception exception)
    {
        call.Streams?.End(exception);
        Finish(call, exception);
        call.Fail(exception, inline: false);
        CheckIdle();
    }

    /// <summary>Ends the calls that a stopping peer has not taken.</summary>
    /// <param name="lastCall">The last call that it took.</param>
    public void RefuseAfter(uint lastCall)
    {
        // Numbers wrap: later is what lies less than half their range ahead.
        var error = new NetException(NetError.Refused, $"{RemoteName} stops and did not take this call. The function has not run.");
        FailWhere(call => (int)(call.Id - lastCall) > 0 && !call.IsCallback, error);
        lock (_gate)
        {
            _areTaken = true;
        }
    }

    /// <summary>Waits for a call that is being added: after this, what the link sends comes behind its last call.</summary>
    public void Settle()
    {
        lock (_gate)
        {
            // Whoever comes after sees that the link takes no calls.
        }
    }

    /// <summary>Ends all calls: the link is gone.</summary>
    /// <param name="reason">Why.</param>
    public void FailAll(NetException reason)
    {
        bool areTaken;
        lock (_gate)
        {
            _end = reason;
            areTaken = _areTaken;
        }

        _protocol.Slow.Remove(this);
        FailWhere(_ => true, reason, reason.Error != NetError.PeerLost ? ""
            : areTaken ? " The peer had taken the call: the function may have run."
            : " Whether the peer had taken the call is not known: the function may have run.");
    }

    /// <summary>Returns the calls that have waited for long and were not reported before, and marks them so.</summary>
    /// <param name="beganBefore">A tick of the watch.</param>
    /// <returns>Their tags.</returns>
    public IReadOnlyList<string> TakeSlow(int beganBefore)
    {
        if (IsEmpty)
        {
            return [];
        }

        var slow = new List<string>();
        lock (_gate)
        {
            foreach (var call in _slots)
            {
                if (call is { IsReported: false } && call.BeganAtTick - beganBefore < 0)
                {
                    call.IsReported = true;
                    slow.Add(call.Name);
                }
            }
        }

        return slow;
    }

    // What is counted is what the caller gets, and it is counted before: then the object may be another call's.
    private void End(PendingCall call, in Frame answer, Exception? error, string? flag)
    {
        if (flag is null && error is null)
        {
            error = call.Read(in answer);
        }

        Finish(call, error, flag);
        if (flag is not null)
        {
            call.Raise(flag);
        }
        else if (error is null)
        {
            call.Complete();
        }
        else if (error is NetException { Error: NetError.NoSuchConnection } && !call.IsCallback)
        {
            call.Raise(Flag.InvalidConnection);
        }
        else
        {
            call.Fail(error, inline: true);
        }
    }

    private void OpenResult(PendingCall call)
    {
        if (call.Streams is null)
        {
            call.Streams = new CallStreams(_streams, isOurs: true) { Tag = call.Name };
            call.Streams.OpenResult();
            _streams.Add(call.Streams, call.Id);
        }
        else
        {
            call.Streams.OpenResult();
        }
    }

    private SendOutcome SendLocked(PendingCall call, in CallRequest request)
    {
        var number = call.IsCallback ? (ushort)0 : _tags.NumberLocked(call.Tag);
        Span<byte> memory = stackalloc byte[FieldWriter.MaxSize];
        var fields = new FieldWriter(memory);
        request.WriteFields(ref fields, number == 0 ? call.Tag : null);
        return _link.Append(FrameType.Call, request.Flags, number, call.Id, fields.End(), request.Payload, request.Segments);
    }

    private uint NextFreeIdLocked()
    {
        if (_count * 2 >= _slots.Length)
        {
            GrowLocked();
        }

        do
        {
            _lastId++;
        }
        while (_slots[_lastId & (_slots.Length - 1)] is not null);

        return _lastId;
    }

    private void GrowLocked()
    {
        // Numbers that differ modulo the shorter length differ modulo the longer one.
        var larger = new PendingCall?[_slots.Length * 2];
        foreach (var call in _slots)
        {
            if (call is not null)
            {
                larger[call.Id & (larger.Length - 1)] = call;
            }
        }

        _slots = larger;
    }

    private PendingCall? TakeLocked(uint id)
    {
        var slot = id & (_slots.Length - 1);
        if (_slots[slot] is not { } call || call.Id != id)
        {
            return null;
        }

        _slots[slot] = null;
        _count--;
        return call;
    }

    private void FailWhere(Func<PendingCall, bool> condition, NetException error, string rest = "")
    {
        var taken = new List<PendingCall>();
        lock (_gate)
        {
            foreach (var call in _slots)
            {
                if (call is not null && condition(call))
                {
                    taken.Add(call);
                    _ = TakeLocked(call.Id);
                }
            }
        }

        foreach (var call in taken)
        {
            // Each caller gets an exception of its own: one that is thrown at many places at once shows a mixed stack.
            Fail(call, new NetException(error.Error, $"'{call.Name}': {error.Message}{rest}", error.InnerException));
        }
    }

    private void Finish(PendingCall call, Exception? error, string? flag = null)
    {
        if (_protocol.LogsCalls)
        {
            Log.CallEnded(_protocol.Logger, call.Id, call.Name, _link.Remote.Id, CallOutcomeText.Of(error, flag));
        }

        if (call.BeganAt != 0 || call.Activity is not null)
        {
            CallTelemetry.End(call, error);
        }
    }

    private void CheckIdle()
    {
        if (_link.IsClosing)
        {
            _link.CheckIdle();
        }
    }
}
