namespace AppNet;

/// <summary>
/// What a publisher does when the queue of a subscription is full: 1,024 events or 8 MiB that wait because the subscriber, or the way to
/// it, is slower than the events come.
/// </summary>
public enum EventQueueFull
{
    /// <summary>The oldest event in the queue is dropped, for this subscriber alone, which is told how many it has missed.</summary>
    DropOldest,

    /// <summary>The task of whoever raises the event waits until every subscriber's queue has room.</summary>
    Wait,

    /// <summary>The subscription is ended here, and the subscriber is told why. It begins anew when the link to it does.</summary>
    Disconnect,
}
