using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using AppNet.Diagnostics;
using AppNet.Links;
using AppNet.Wire;

namespace AppNet.Events;

/// <summary>The subscriptions that the peer at the other end of a link holds here. docs/protocol.md, section 12.</summary>
internal sealed class LinkSubscribers
{
    private readonly EventHub _hub;
    private readonly ConcurrentDictionary<uint, Outlet> _outlets = new();
    private readonly Lock _gate = new();

    // Guarded by _gate. Those that wait until the link's send queue has room; null while nobody waits for it.
    private List<Outlet>? _blocked;

    private int _isMarked;

    /// <summary>Makes the subscribers of a link, of which there are none yet.</summary>
    /// <param name="hub">The peer's events.</param>
    /// <param name="link">The link.</param>
    public LinkSubscribers(EventHub hub, Link link)
    {
        _hub = hub;
        Link = link;
    }

    /// <summary>Gets a handle to the peer.</summary>
    public Peer Peer => Link.Remote is var info && ReferenceEquals(field?.Info, info) ? field! : field = new Peer(_hub.Options.Links, info.Id, info);

    /// <summary>Gets the link.</summary>
    public Link Link { get; }

    /// <summary>Gets whether no subscription is left.</summary>
    public bool IsEmpty => _outlets.IsEmpty;

    /// <summary>Gets whether no event waits to be sent.</summary>
    public bool AreQueuesEmpty => _outlets.Values.All(outlet => outlet.IsEmpty);

    /// <summary>Says that the link has frames to send.</summary>
    /// <returns>False when that was said before, and not yet done.</returns>
    public bool TryMarkForFlush() => Volatile.Read(ref _isMarked) == 0 && Interlocked.Exchange(ref _isMarked, 1) == 0;

    /// <summary>Says that the link is about to be flushed.</summary>
    public void UnmarkForFlush() => Interlocked.Exchange(ref _isMarked, 0);

    /// <summary>Takes a subscription, or says why not.</summary>
    /// <param name="frame">The frame.</param>
    /// <exception cref="ProtocolException">It is not well-formed.</exception>
    public void OnSubscribe(in Frame frame)
    {
        var message = Read(frame.Payload);
        var id = frame.Header.Id;
        if (Refusal(message) is { } refusal)
        {
            Notify(id, NoticeCode.Refused, Encoding.UTF8.GetBytes(refusal));
            Log.SubscriberRefused(_hub.Logger, Link.Remote.Id, message.Event, refusal);
        }
        else
        {
            Add(id, message);
        }

        Link.Flush();
    }

    /// <summary>Ends a subscription.</summary>
    /// <param name="frame">The frame.</param>
    public void OnUnsubscribe(in Frame frame)
    {
        if (!_outlets.TryGetValue(frame.Header.Id, out var outlet))
        {
            return;
        }

        outlet.Topic.Remove(other => ReferenceEquals(other, outlet));
        if (frame.Header.Number != 0)
        {
            outlet.EndWhenEmpty();
        }
        else if (outlet.Close())
        {
            End(outlet, NoticeCode.Ended, default);
        }

        Log.SubscriberLeft(_hub.Logger, Link.Remote.Id, outlet.Topic.Name);
        Link.Flush();
    }

    /// <summary>Sends a subscription more.</summary>
    /// <param name="frame">The frame.</param>
    /// <exception cref="ProtocolException">It is not well-formed.</exception>
    public void OnGrant(in Frame frame)
    {
        if (frame.Payload.Length < sizeof(uint))
        {
            throw new ProtocolException("A Grant holds no number of bytes.");
        }

        if (_outlets.TryGetValue(frame.Header.Id, out var outlet))
        {
            outlet.Grant(BinaryPrimitives.ReadUInt32LittleEndian(frame.Payload));
            Link.Flush();
        }
    }

    /// <summary>Takes note that arguments of events fitted no handler over there.</summary>
    /// <param name="frame">The frame.</param>
    /// <exception cref="ProtocolException">It is not well-formed.</exception>
    public void OnMisfit(in Frame frame)
    {
        if (frame.Payload.Length < sizeof(uint) + sizeof(long))
        {
            throw new ProtocolException("A Notice is shorter than what it says.");
        }

        if (_outlets.TryGetValue(frame.Header.Id, out var outlet))
        {
            var count = BinaryPrimitives.ReadUInt32LittleEndian(frame.Payload);
            var number = BinaryPrimitives.ReadInt64LittleEndian(frame.Payload[sizeof(uint)..]);
            Telemetry.Add(Telemetry.EventsFailed, count, Telemetry.Event(outlet.Topic.Name));
            Log.SubscriberMisfit(_hub.Logger, Link.Remote.Id, outlet.Topic.Name, number, count, EventText.Read(frame.Payload[(sizeof(uint) + sizeof(long))..]));
        }
    }

    /// <summary>Tells a subscriber that its subscription stands. Called under the topic's lock.</summary>
    /// <param name="outlet">The subscription.</param>
    /// <param name="number">The number of the last event before it.</param>
    public void Begin(Outlet outlet, long number)
    {
        Span<byte> last = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(last, number);
        Notify(outlet.Id, NoticeCode.Begun, last);
    }

    /// <summary>Tells a subscriber that its subscription is over.</summary>
    /// <param name="outlet">The subscription.</param>
    /// <param name="code">Why.</param>
    /// <param name="payload">What belongs to it.</param>
    public void End(Outlet outlet, NoticeCode code, ReadOnlySpan<byte> payload)
    {
        _ = _outlets.TryRemove(new KeyValuePair<uint, Outlet>(outlet.Id, outlet));
        Notify(outlet.Id, code, payload);
        CheckIdle();
    }

    /// <summary>Sends more of a subscription when the link has room again.</summary>
    /// <param name="outlet">The subscription. Its lock may be held.</param>
    public void WaitForRoom(Outlet outlet)
    {
        lock (_gate)
        {
            if (_blocked is null)
            {
                _blocked = [];
                _ = ResumeAsync();
            }

            _blocked.Add(outlet);
        }
    }

    /// <summary>The link is gone, and all subscriptions with it.</summary>
    /// <param name="reason">Why.</param>
    public void OnLost(NetException reason)
    {
        var outlets = _outlets.Values.Where(outlet => outlet.Close()).ToList();
        _outlets.Clear();
        foreach (var topic in outlets.Select(outlet => outlet.Topic).Distinct())
        {
            topic.Remove(outlet => ReferenceEquals(outlet.Subscribers, this));
        }

        if (outlets.Count > 0)
        {
            var names = string.Join(", ", outlets.Select(outlet => outlet.Topic.Name).Distinct(StringComparer.Ordinal).Take(10));
            Log.SubscribersPruned(_hub.Logger, Link.Remote.Id, outlets.Count, names, reason.Message);
        }
    }

    private static SubscribeMessage Read(ReadOnlySpan<byte> payload)
    {
        try
        {
            return JsonSerializer.Deserialize(payload, EventJson.Default.SubscribeMessage)
                ?? throw new ProtocolException("A Subscribe says nothing.");
        }
        catch (JsonException exception)
        {
            throw new ProtocolException($"A Subscribe is not well-formed: {exception.Message}");
        }
    }

    private string? Refusal(SubscribeMessage message)
    {
        if (message.Event.Length == 0 || Encoding.UTF8.GetByteCount(message.Event) > EventName.MaxLength)
        {
            return $"An event's name has 1 to {EventName.MaxLength} bytes.";
        }

        if (message.Credit < 0)
        {
            return "The credit is negative.";
        }

        return _outlets.Count >= EventLimits.Subscriptions ? $"The link holds {EventLimits.Subscriptions} subscriptions." : null;
    }

    private void Add(uint id, SubscribeMessage message)
    {
        if (_outlets.ContainsKey(id))
        {
            throw new ProtocolException($"Subscription number {id} is in use.");
        }

        var outlet = _hub.Topics.Add(message.Event, topic => _outlets[id] = new Outlet(topic, this, id, message.Credit));
        var number = outlet.Topic.Number;
        Log.SubscriberCame(_hub.Logger, Link.Remote.Id, message.Event, number);
        if (message.After is { } after && after.Publisher == _hub.Instance && after.Number < number)
        {
            Log.SubscriberMissed(_hub.Logger, Link.Remote.Id, number - after.Number, message.Event);
        }
    }

    private void Notify(uint id, NoticeCode code, ReadOnlySpan<byte> payload) =>
        _ = Link.Append(FrameType.Notice, FrameFlags.None, (ushort)code, id, default, payload, canWait: false);

    /// <summary>Waits for room and lets those go on that are blocked. Ends with the link, and nothing it calls fails.</summary>
    private async Task ResumeAsync()
    {
        while (true)
        {
            await Link.WaitForRoomAsync(CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            List<Outlet> blocked;
            lock (_gate)
            {
                if (_blocked is null or { Count: 0 })
                {
                    _blocked = null;
                    return;
                }

                blocked = _blocked;
                _blocked = [];
            }

            foreach (var outlet in blocked)
            {
                outlet.Unblock();
            }

            Link.Flush();
            CheckIdle();
        }
    }

    private void CheckIdle()
    {
        if (Link.IsClosing)
        {
            Link.CheckIdle();
        }
    }
}
