using System.Buffers.Binary;
using AppNet.Diagnostics;
using AppNet.Links;
using AppNet.Wire;

namespace AppNet.Events;

/// <summary>
/// One subscription of another peer, at the publisher: the events that wait until the subscriber takes more, and what becomes of those for
/// which there is no room. It sends only what the subscriber has given credit for, and only while the link has room. Safe for use
/// from many threads.
/// </summary>
internal sealed class Outlet
{
    private readonly Lock _gate = new();

    // Guarded by _gate.
    private readonly Queue<QueuedEvent> _queue = [];

    // Guarded by _gate.
    private long _queuedBytes;

    // Written under _gate, read without: the length of the queue.
    private int _waiting;

    // Guarded by _gate. The bytes that may be sent; below 0 by at most one event.
    private long _credit;

    // Guarded by _gate.
    private long _lastSent;

    // Guarded by _gate. Whether the link's queue was full, so that the link's events wait for room.
    private bool _isBlocked;

    // Guarded by _gate. Whether the subscriber wants what is queued, and then no more.
    private bool _isEnding;

    // Guarded by _gate.
    private bool _isClosed;

    // Guarded by _gate. Whether it was told that the subscriber is too slow.
    private bool _hasToldDrop;

    // Guarded by _gate. Whether it was told that an event is too large for the subscriber.
    private bool _hasToldTooLarge;

    // Guarded by _gate. Ends when the queue has room; null when nobody waits.
    private TaskCompletionSource? _room;

    private long _dropped;

    /// <summary>Makes an outlet.</summary>
    /// <param name="topic">What it has subscribed to.</param>
    /// <param name="subscribers">The subscribers at the other end of the link.</param>
    /// <param name="id">The subscription's number.</param>
    /// <param name="credit">The first credit.</param>
    public Outlet(Topic topic, LinkSubscribers subscribers, uint id, long credit)
    {
        Topic = topic;
        Subscribers = subscribers;
        Id = id;
        _credit = credit;
    }

    /// <summary>Gets what it has subscribed to.</summary>
    public Topic Topic { get; }

    /// <summary>Gets the subscribers at the other end of the link.</summary>
    public LinkSubscribers Subscribers { get; }

    /// <summary>Gets the subscription's number.</summary>
    public uint Id { get; }

    /// <summary>Gets the number of events that were dropped.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Gets whether it is over.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_gate)
            {
                return _isClosed;
            }
        }
    }

    /// <summary>Gets whether no event waits. Takes no lock.</summary>
    public bool IsEmpty => Volatile.Read(ref _waiting) == 0;

    private Link Link => Subscribers.Link;

    /// <summary>Takes an event in: sends it, or queues it. Called under the topic's lock, in the order of the numbers.</summary>
    /// <param name="number">The event's number.</param>
    /// <param name="head">What stands in front of the arguments.</param>
    /// <param name="content">The rest.</param>
    /// <param name="whenFull">What happens when the queue is full.</param>
    /// <param name="shared">The event as queues hold it, made when the first one needs it.</param>
    /// <returns>False when the subscription is over.</returns>
    public bool Offer(long number, ReadOnlySpan<byte> head, in EventContent content, EventQueueFull whenFull, ref QueuedEvent? shared)
    {
        var length = head.Length + content.Payload.Length;
        lock (_gate)
        {
            if (_isClosed || _isEnding)
            {
                return !_isClosed;
            }

            if (length > Link.RemoteLimits.Frame)
            {
                DropTooLargeLocked(number, length);
                return true;
            }

            if (_queue.Count == 0 && MaySendLocked())
            {
                var header = new FrameHeader((uint)length, FrameType.Event, content.Flags, 0, Id);
                if (SentLocked(Link.Append(in header, head, content.Payload), number, length))
                {
                    return true;
                }
            }

            shared ??= new QueuedEvent(number, head, in content);
            return EnqueueLocked(shared, whenFull);
        }
    }

    /// <summary>Tells whether an event fits.</summary>
    /// <param name="length">Its length.</param>
    /// <returns>A task that has ended when it does, or nobody wants it; else it ends when there is room.</returns>
    public Task WaitForRoomAsync(int length)
    {
        lock (_gate)
        {
            if (_isClosed || _isEnding || FitsLocked(length))
            {
                return Task.CompletedTask;
            }

            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task;
        }
    }

    /// <summary>Sends more, as the subscriber takes more.</summary>
    /// <param name="bytes">How many bytes more.</param>
    /// <exception cref="ProtocolException">It takes more than is allowed.</exception>
    public void Grant(uint bytes)
    {
        lock (_gate)
        {
            _credit += bytes;
            if (_credit > EventLimits.MaxCredit)
            {
                throw new ProtocolException($"Subscription {Id} was given more than {EventLimits.MaxCredit} bytes of credit.");
            }

            DrainLocked();
        }
    }

    /// <summary>Sends more, as the link has room again.</summary>
    public void Unblock()
    {
        lock (_gate)
        {
            _isBlocked = false;
            DrainLocked();
        }
    }

    /// <summary>Takes no more events, but sends those that wait, then the notice that it is over.</summary>
    public void EndWhenEmpty()
    {
        lock (_gate)
        {
            _isEnding = true;
            DrainLocked();
        }
    }

    /// <summary>Ends the subscription and forgets what waits.</summary>
    /// <returns>Whether it was not over before.</returns>
    public bool Close()
    {
        lock (_gate)
        {
            return CloseLocked();
        }
    }

    private bool MaySendLocked() => _credit > 0 && !_isBlocked;

    private bool FitsLocked(int length) =>
        _queue.Count == 0 || (_queue.Count < EventLimits.QueuedEvents && _queuedBytes + length <= EventLimits.QueuedBytes);

    /// <summary>Takes note of what became of a frame.</summary>
    /// <returns>False when it must be kept.</returns>
    private bool SentLocked(SendOutcome outcome, long number, int length)
    {
        if (outcome == SendOutcome.Full)
        {
            _isBlocked = true;
            Subscribers.WaitForRoom(this);
            return false;
        }

        // On a link that has closed it is lost as it would be on the way: its number tells.
        _credit -= FrameHeader.Size + length;
        _lastSent = number;
        return true;
    }

    private bool EnqueueLocked(QueuedEvent item, EventQueueFull whenFull)
    {
        var dropped = 0;
        while (!FitsLocked(item.Bytes.Length))
        {
            if (whenFull == EventQueueFull.Disconnect)
            {
                Overrun();
                return false;
            }

            // Also for those that wait: between looking and raising another event of the name may have come in.
            DequeueLocked();
            dropped++;
        }

        _queue.Enqueue(item);
        _queuedBytes += item.Bytes.Length;
        Volatile.Write(ref _waiting, _queue.Count);
        if (dropped > 0)
        {
            DropLocked(dropped);
        }

        return true;
    }

    private void DequeueLocked()
    {
        _queuedBytes -= _queue.Dequeue().Bytes.Length;
        Volatile.Write(ref _waiting, _queue.Count);
    }

    private void DropTooLargeLocked(long number, int length)
    {
        if (!_hasToldTooLarge)
        {
            _hasToldTooLarge = true;
            Log.EventTooLarge(Topic.Hub.Logger, Topic.Name, number, length, Link.Remote.Id, Link.RemoteLimits.Frame);
        }

        CountDropLocked(1);
    }

    private void DropLocked(int count)
    {
        if (!_hasToldDrop)
        {
            _hasToldDrop = true;
            Log.EventsDropped(Topic.Hub.Logger, Topic.Name, Link.Remote.Id);
        }

        CountDropLocked(count);
    }

    private void CountDropLocked(int count)
    {
        Volatile.Write(ref _dropped, _dropped + count);
        Telemetry.Add(Telemetry.EventsDropped, count, Telemetry.Event(Topic.Name));
    }

    private void Overrun()
    {
        Span<byte> last = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(last, _lastSent);
        Log.SubscriberDisconnected(Topic.Hub.Logger, Link.Remote.Id, Topic.Name, _queue.Count);
        Telemetry.Add(Telemetry.EventsDropped, _queue.Count + 1, Telemetry.Event(Topic.Name));
        _ = CloseLocked();
        Subscribers.End(this, NoticeCode.Overrun, last);
    }

    private void DrainLocked()
    {
        while (_queue.Count > 0 && MaySendLocked())
        {
            var next = _queue.Peek();
            var header = new FrameHeader((uint)next.Bytes.Length, FrameType.Event, next.Flags, 0, Id);
            if (!SentLocked(Link.Append(in header, next.Bytes, default), next.Number, next.Bytes.Length))
            {
                break;
            }

            DequeueLocked();
        }

        if (_queue.Count <= EventLimits.QueuedEvents / 2 && _queuedBytes <= EventLimits.QueuedBytes / 2)
        {
            SignalLocked();
        }

        if (_isEnding && _queue.Count == 0 && CloseLocked())
        {
            Subscribers.End(this, NoticeCode.Ended, default);
        }
    }

    private bool CloseLocked()
    {
        if (_isClosed)
        {
            return false;
        }

        _isClosed = true;
        _queue.Clear();
        _queuedBytes = 0;
        Volatile.Write(ref _waiting, 0);
        SignalLocked();
        return true;
    }

    private void SignalLocked()
    {
        _room?.SetResult();
        _room = null;
    }
}
