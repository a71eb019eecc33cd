using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using AppNet.Wire;

namespace AppNet.Events;

/// <summary>
/// One event of this peer: its numbers, and who has subscribed to it. Numbers are given, and events handed to the subscribers, in one
/// order for all. Safe for use from many threads.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose handle nobody asked for holds nothing.")]
internal sealed class Topic
{
    // Raisers who come back sooner leave the sending to the pool, which then sends more at once.
    private static readonly long QuickReturn = Stopwatch.Frequency / 50_000;

    private readonly Lock _gate = new();

    // Guarded by _gate. Those who wait for room, in the order in which they came.
    private readonly SemaphoreSlim _turn = new(1);

    // Written under _gate, read without; what it refers to never changes.
    private volatile Outlet[] _outlets = [];

    // Guarded by _gate. How many wait for room.
    private int _waiting;

    // Guarded by _gate. The number of the last event.
    private long _number;

    // Guarded by _gate. Whether it is raised here.
    private bool _isKept;

    // Guarded by _gate. Whether it has left the table.
    private bool _isForgotten;

    // When the last raiser returned.
    private long _raisedAt;

    /// <summary>Makes a topic without subscribers.</summary>
    /// <param name="hub">The peer's events.</param>
    /// <param name="name">The event's name.</param>
    public Topic(EventHub hub, string name)
    {
        Hub = hub;
        Name = name;
    }

    /// <summary>Gets the peer's events.</summary>
    public EventHub Hub { get; }

    /// <summary>Gets the event's name.</summary>
    public string Name { get; }

    /// <summary>Gets who has subscribed: a snapshot.</summary>
    public IReadOnlyList<Outlet> Outlets => _outlets;

    /// <summary>Gets the number of the last event.</summary>
    public long Number
    {
        get
        {
            lock (_gate)
            {
                return _number;
            }
        }
    }

    /// <summary>Counts an event that nobody has subscribed to. Allocates nothing.</summary>
    /// <returns>False when somebody has.</returns>
    public bool TrySkip()
    {
        if (_outlets.Length > 0)
        {
            return false;
        }

        long number;
        lock (_gate)
        {
            if (_outlets.Length > 0)
            {
                return false;
            }

            number = ++_number;
        }

        Log.EventRaised(Hub.Logger, Name, number, 0);
        return true;
    }

    /// <summary>Hands an event to every subscriber.</summary>
    /// <param name="content">The event, valid until this returns.</param>
    /// <param name="whenFull">What happens when a queue is full.</param>
    /// <returns>A task that ends when it is queued for each.</returns>
    public Task RaiseAsync(in EventContent content, EventQueueFull whenFull)
    {
        Outlet[] outlets;
        long number;
        lock (_gate)
        {
            if (whenFull == EventQueueFull.Wait && (_waiting > 0 || !HaveRoomLocked(LengthOf(in content), out _)))
            {
                if (_waiting >= EventLimits.WaitingRaisers)
                {
                    return Task.FromException(new NetException(
                        NetError.Overloaded, $"{EventLimits.WaitingRaisers} events '{Name}' wait for room already. Await what raising returns."));
                }

                // Queued for its turn under the lock, so that events keep the order in which they were raised.
                _waiting++;
                return RaiseLaterAsync(content.Payload.ToArray(), content.Flags & ~FrameFlags.Fields, content.TrailingDefaults, _turn.WaitAsync());
            }

            outlets = HandOutLocked(in content, whenFull);
            number = _number;
        }

        Flush(outlets);
        Log.EventRaised(Hub.Logger, Name, number, outlets.Length);
        return Task.CompletedTask;
    }

    /// <summary>Keeps the topic for as long as the peer lives, as it is raised here.</summary>
    /// <returns>False when it was forgotten: there is, or will be, another one.</returns>
    public bool TryKeep()
    {
        lock (_gate)
        {
            _isKept = !_isForgotten;
            return _isKept;
        }
    }

    /// <summary>Adds a subscriber and tells it so: no event comes before the notice, and none is missed after it.</summary>
    /// <param name="outlet">The subscriber.</param>
    /// <returns>False when the topic was forgotten: there is, or will be, another one.</returns>
    public bool TryAdd(Outlet outlet)
    {
        lock (_gate)
        {
            if (_isForgotten)
            {
                return false;
            }

            outlet.Subscribers.Begin(outlet, _number);
            _outlets = [.. _outlets, outlet];
            return true;
        }
    }

    /// <summary>Removes subscribers.</summary>
    /// <param name="isOver">Says which.</param>
    public void Remove(Predicate<Outlet> isOver)
    {
        lock (_gate)
        {
            _outlets = Array.FindAll(_outlets, outlet => !isOver(outlet));
            _isForgotten = _outlets.Length == 0 && !_isKept;
            if (!_isForgotten)
            {
                return;
            }
        }

        Hub.Topics.Forget(this);
    }

    private static int LengthOf(in EventContent content) => EventContent.MaxHead + content.Payload.Length;

    private async Task RaiseLaterAsync(byte[] payload, FrameFlags flags, int trailingDefaults, Task turn)
    {
        await turn.ConfigureAwait(false);
        try
        {
            while (true)
            {
                Task room;
                Outlet[]? outlets = null;
                long number = 0;
                lock (_gate)
                {
                    var content = new EventContent(payload, flags, trailingDefaults);
                    if (HaveRoomLocked(LengthOf(in content), out room))
                    {
                        outlets = HandOutLocked(in content, EventQueueFull.Wait);
                        number = _number;
                        _waiting--;
                    }
                }

                if (outlets is not null)
                {
                    Flush(outlets);
                    Log.EventRaised(Hub.Logger, Name, number, outlets.Length);
                    return;
                }

                await room.ConfigureAwait(false);
            }
        }
        finally
        {
            _ = _turn.Release();
        }
    }

    private bool HaveRoomLocked(int length, out Task room)
    {
        foreach (var outlet in _outlets)
        {
            room = outlet.WaitForRoomAsync(length);
            if (!room.IsCompleted)
            {
                return false;
            }
        }

        room = Task.CompletedTask;
        return true;
    }

    private Outlet[] HandOutLocked(in EventContent content, EventQueueFull whenFull)
    {
        var number = ++_number;
        Span<byte> head = stackalloc byte[EventContent.MaxHead];
        var written = content.WriteHead(head, number);
        QueuedEvent? shared = null;
        var areAllThere = true;
        var outlets = _outlets;
        foreach (var outlet in outlets)
        {
            areAllThere &= outlet.Offer(number, written, in content, whenFull, ref shared);
        }

        if (!areAllThere)
        {
            _outlets = Array.FindAll(outlets, outlet => !outlet.IsClosed);
        }

        return outlets;
    }

    private void Flush(Outlet[] outlets)
    {
        if (Stopwatch.GetTimestamp() - Volatile.Read(ref _raisedAt) < QuickReturn)
        {
            foreach (var outlet in outlets)
            {
                Hub.Flushes.Add(outlet.Subscribers);
            }
        }
        else
        {
            foreach (var outlet in outlets)
            {
                outlet.Subscribers.Link.Flush();
            }
        }

        Volatile.Write(ref _raisedAt, Stopwatch.GetTimestamp());
    }
}
