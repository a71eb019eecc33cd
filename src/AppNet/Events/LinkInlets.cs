using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text.Json;
using AppNet.Links;
using AppNet.Wire;

namespace AppNet.Events;

/// <summary>The subscriptions of this peer at the peer at the other end of a link. docs/protocol.md, section 12.</summary>
internal sealed class LinkInlets
{
    private readonly EventHub _hub;
    private readonly Link _link;
    private readonly ConcurrentDictionary<uint, Inlet> _inlets = new();
    private uint _lastId;
    private volatile bool _isLost;

    /// <summary>Makes the subscriptions over a link, of which there are none yet.</summary>
    /// <param name="hub">The peer's events.</param>
    /// <param name="link">The link.</param>
    public LinkInlets(EventHub hub, Link link)
    {
        _hub = hub;
        _link = link;
    }

    /// <summary>Gets whether there is none.</summary>
    public bool IsEmpty => _inlets.IsEmpty;

    /// <summary>Asks the publisher for the events of a name.</summary>
    /// <param name="intake">Who takes them.</param>
    /// <param name="after">The last one it has seen, or null.</param>
    /// <returns>The inlet, or null when the link takes no more.</returns>
    public Inlet? Subscribe(Intake intake, LastSeen? after)
    {
        Inlet inlet;
        do
        {
            inlet = new Inlet(intake, _link, Interlocked.Increment(ref _lastId));
        }
        while (!_inlets.TryAdd(inlet.Id, inlet));

        intake.Add(inlet);
        var message = new SubscribeMessage(intake.Queue.EventName, EventLimits.Credit, after);
        var payload = JsonSerializer.SerializeToUtf8Bytes(message, EventJson.Default.SubscribeMessage);
        var outcome = _link.Append(FrameType.Subscribe, FrameFlags.None, 0, inlet.Id, default, payload, canWait: false);
        _link.Flush();
        if (outcome != SendOutcome.Queued || _isLost)
        {
            Remove(inlet, InletEnd.Lost, "The link closed.");
            return null;
        }

        return inlet;
    }

    /// <summary>Ends a subscription: nothing of it is taken in from now on.</summary>
    /// <param name="inlet">The subscription.</param>
    public void Close(Inlet inlet)
    {
        Remove(inlet, InletEnd.Closed, "It was ended here.");
        inlet.Unsubscribe(finishFirst: false);
    }

    /// <summary>Takes an event in. On the read loop.</summary>
    /// <param name="frame">The frame.</param>
    /// <exception cref="ProtocolException">It is not well-formed, or came without credit.</exception>
    public void OnEvent(in Frame frame)
    {
        if (frame.Payload.Length < sizeof(long))
        {
            throw new ProtocolException("An Event holds no number.");
        }

        // One that was ended a moment ago is unknown here: what crosses is dropped.
        if (_inlets.TryGetValue(frame.Header.Id, out var inlet))
        {
            var cost = FrameHeader.Size + (int)frame.Header.Length;
            inlet.Charge(cost);
            inlet.Intake.Queue.Receive(inlet, in frame, cost, TrailingDefaultsOf(in frame));
        }
    }

    /// <summary>Takes note of what the publisher says of a subscription. On the read loop.</summary>
    /// <param name="frame">The frame.</param>
    /// <exception cref="ProtocolException">It is not well-formed.</exception>
    public void OnNotice(in Frame frame)
    {
        if (!_inlets.TryGetValue(frame.Header.Id, out var inlet))
        {
            return;
        }

        switch ((NoticeCode)frame.Header.Number)
        {
            case NoticeCode.Begun when frame.Payload.Length >= sizeof(long):
                var number = BinaryPrimitives.ReadInt64LittleEndian(frame.Payload);
                Log.Subscribed(_hub.Logger, inlet.Intake.Queue.EventName, _link.Remote.Id, number);
                inlet.Intake.Begin(inlet, number);
                break;
            case NoticeCode.Begun:
                throw new ProtocolException("A Notice is shorter than what it says.");
            case NoticeCode.Ended:
                Remove(inlet, InletEnd.Closed, "It was ended here.");
                break;
            case NoticeCode.Overrun:
                Remove(inlet, InletEnd.Overrun, "Its queue over there was full, and the publisher wants it ended then.");
                break;
            case NoticeCode.Refused:
                Remove(inlet, InletEnd.Refused, EventText.Read(frame.Payload));
                break;
            default:
                // Codes of later versions are skipped.
                break;
        }
    }

    /// <summary>The link is given up for another one: subscriptions begin there, then end here.</summary>
    public void Move()
    {
        foreach (var inlet in _inlets.Values)
        {
            inlet.End(InletEnd.Moving, "The link is given up for another one.");
        }
    }

    /// <summary>The link is gone.</summary>
    /// <param name="reason">Why.</param>
    public void OnLost(NetException reason)
    {
        _isLost = true;
        foreach (var inlet in _inlets.Values)
        {
            Remove(inlet, InletEnd.Lost, reason.Message);
        }
    }

    private static byte TrailingDefaultsOf(in Frame frame)
    {
        byte count = 0;
        var fields = new FieldReader(frame.Fields);
        while (fields.Read())
        {
            if (fields.Kind == FieldKind.TrailingDefaults && fields.Value.Length == 1)
            {
                count = fields.Value[0];
            }
        }

        return count;
    }

    private void Remove(Inlet inlet, InletEnd end, string reason)
    {
        if (_inlets.TryRemove(new KeyValuePair<uint, Inlet>(inlet.Id, inlet)))
        {
            inlet.Intake.Complete(inlet);
            inlet.End(end, reason);
            if (_link.IsClosing)
            {
                _link.CheckIdle();
            }
        }
    }
}
