using System.Buffers.Binary;
using AppNet.Connections;
using AppNet.Links;
using AppNet.Wire;

namespace AppNet.Calls;

/// <summary>
/// The streams of all calls over one link, by the call's number and whose it is, and the credit that they share. docs/protocol.md,
/// section 9. Safe for use from many threads.
/// </summary>
internal sealed class LinkStreams : IStreamOwner
{
    private const ushort LinkNumber = ushort.MaxValue;

    private readonly Lock _gate = new();

    // Guarded by _gate.
    private readonly Dictionary<(uint Id, bool IsOurs), CallStreams> _calls = [];
    private readonly int _step;

    // Guarded by _gate. Why no call can be added any more.
    private NetException? _end;

    // What the other side may still send.
    private long _incomingCredit;

    // What was read and is not granted again yet.
    private int _consumed;

    /// <summary>Makes the streams of a link.</summary>
    /// <param name="protocol">What the calls of this peer have in common.</param>
    /// <param name="link">The link.</param>
    public LinkStreams(CallProtocol protocol, Link link)
    {
        Protocol = protocol;
        Link = link;
        Credit = new StreamCredit(link.RemoteLimits.Streams);
        _incomingCredit = link.LocalLimits.Streams;
        _step = Math.Max(1, link.LocalLimits.Streams / 4);
    }

    /// <summary>Gets what the calls of this peer have in common.</summary>
    public CallProtocol Protocol { get; }

    /// <summary>Gets the link.</summary>
    public Link Link { get; }

    /// <summary>Gets what all streams of this side may still send together.</summary>
    public StreamCredit Credit { get; }

    /// <summary>Gets whether no call has a stream.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _calls.Count == 0;
            }
        }
    }

    /// <inheritdoc/>
    public ICallStreams Begin() => Link.RemoteLimits.Stream > 0
        ? new CallStreams(this, isOurs: true)
        : throw new NotSupportedException($"{Link.Remote.Id.ToFriendlyString()} takes no streams.");

    /// <summary>Adds the streams of a call, before any frame of it can come.</summary>
    /// <param name="streams">The streams.</param>
    /// <param name="id">The call's number.</param>
    public void Add(CallStreams streams, uint id)
    {
        NetException? end;
        lock (_gate)
        {
            streams.Id = id;
            end = _end;
            if (end is null)
            {
                _calls[(id, streams.IsOurs)] = streams;
            }
        }

        if (end is not null)
        {
            streams.End(end);
        }
    }

    /// <summary>Forgets the streams of a call.</summary>
    /// <param name="streams">The streams.</param>
    public void Remove(CallStreams streams)
    {
        lock (_gate)
        {
            var key = (streams.Id, streams.IsOurs);
            if (!_calls.TryGetValue(key, out var known) || !ReferenceEquals(known, streams))
            {
                return;
            }

            _ = _calls.Remove(key);
        }

        if (Link.IsClosing)
        {
            Link.CheckIdle();
        }
    }

    /// <summary>Handles a frame about streams. On the read loop; runs no user code.</summary>
    /// <param name="frame">The frame.</param>
    /// <exception cref="ProtocolException">It is not allowed.</exception>
    public void OnFrame(in Frame frame)
    {
        switch (frame.Header.Type)
        {
            case FrameType.Item:
                OnItem(in frame);
                break;
            case FrameType.Credit:
                OnCredit(in frame);
                break;
            case FrameType.End:
                Find(in frame)?.OnEnd(frame.Header.Number, FailureOf(in frame));
                break;
            default:
                OnStop(in frame);
                break;
        }
    }

    /// <summary>The caller of a function has cancelled.</summary>
    /// <param name="id">The call.</param>
    public void OnCancel(uint id) => Find(id, isOurs: false)?.Cancel();

    /// <summary>The link is gone.</summary>
    /// <param name="reason">Why.</param>
    public void OnLost(NetException reason)
    {
        List<CallStreams> calls;
        lock (_gate)
        {
            _end = reason;
            calls = [.. _calls.Values];
        }

        foreach (var call in calls)
        {
            call.End(new NetException(reason.Error, $"'{call.Tag}': {reason.Message}", reason.InnerException));
        }
    }

    /// <summary>Gives credit back for items that were read or dropped.</summary>
    /// <param name="cost">What they took.</param>
    public void Consumed(int cost)
    {
        if (Interlocked.Add(ref _consumed, cost) < _step)
        {
            return;
        }

        var grant = Interlocked.Exchange(ref _consumed, 0);
        if (grant > 0)
        {
            _ = Interlocked.Add(ref _incomingCredit, grant);
            SendCredit(FrameFlags.None, LinkNumber, 0, grant);
        }
    }

    /// <summary>Grants more.</summary>
    /// <param name="side">Whose call it is.</param>
    /// <param name="number">The stream.</param>
    /// <param name="id">The call.</param>
    /// <param name="bytes">How much.</param>
    public void SendCredit(FrameFlags side, ushort number, uint id, int bytes)
    {
        Span<byte> payload = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(payload, (uint)bytes);
        _ = Link.Append(FrameType.Credit, side, number, id, default, payload, canWait: false);
        Link.Flush();
    }

    /// <summary>Says that a stream has ended.</summary>
    /// <param name="side">Whose call it is.</param>
    /// <param name="number">The stream.</param>
    /// <param name="id">The call.</param>
    /// <param name="failure">Why; null: in order.</param>
    public void SendEnd(FrameFlags side, ushort number, uint id, NetException? failure)
    {
        Span<byte> memory = stackalloc byte[FieldWriter.MaxSize];
        var fields = new FieldWriter(memory);
        ReadOnlySpan<byte> payload = default;
        if (failure is not null)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(fields.Add(FieldKind.Error, sizeof(ushort)), (ushort)failure.Error);
            payload = ErrorPayload.Write(failure, Link.RemoteLimits.Frame - FieldWriter.MaxSize);
        }

        _ = Link.Append(FrameType.End, side, number, id, fields.End(), payload, canWait: false);
        Link.Flush();
    }

    private void OnItem(in Frame frame)
    {
        var cost = (int)frame.Header.Length;
        var stream = Find(in frame)?.FindIncoming(frame.Header.Number);
        if (Interlocked.Add(ref _incomingCredit, -cost) + cost <= 0 && stream is not { IsProgress: true })
        {
            throw new ProtocolException("Items came beyond the credit of the link.");
        }

        if (stream is null || !stream.OnItem(in frame))
        {
            Consumed(cost);
        }
    }

    private void OnCredit(in Frame frame)
    {
        if (frame.Payload.Length < sizeof(uint))
        {
            throw new ProtocolException("A Credit frame says no number of bytes.");
        }

        var bytes = BinaryPrimitives.ReadUInt32LittleEndian(frame.Payload);
        if (frame.Header is { Number: LinkNumber, Id: 0 })
        {
            Credit.Add(bytes);
        }
        else
        {
            Find(in frame)?.FindOutgoing(frame.Header.Number)?.OnCredit(bytes);
        }
    }

    private void OnStop(in Frame frame)
    {
        var call = Find(in frame);
        if (call is { IsOurs: false } && frame.Header.Number == 0)
        {
            // Who wants nothing of the result sends nothing more either.
            call.Cancel();
        }
        else
        {
            call?.FindOutgoing(frame.Header.Number)?.Stop();
        }
    }

    private CallStreams? Find(in Frame frame) => Find(frame.Header.Id, (frame.Header.Flags & FrameFlags.Theirs) != 0);

    private CallStreams? Find(uint id, bool isOurs)
    {
        lock (_gate)
        {
            return _calls.GetValueOrDefault((id, isOurs));
        }
    }

    private Exception? FailureOf(in Frame frame)
    {
        var fields = new FieldReader(frame.Fields);
        NetError? error = null;
        while (fields.Read())
        {
            if (fields is { Kind: FieldKind.Error, Value.Length: sizeof(ushort) })
            {
                error = (NetError)BinaryPrimitives.ReadUInt16LittleEndian(fields.Value);
            }
        }

        return error is { } known
            ? ErrorPayload.Read(known, frame.Payload, Find(in frame)?.Tag ?? "", Link.Remote.Id, Protocol.Options.Exceptions)
            : null;
    }
}
