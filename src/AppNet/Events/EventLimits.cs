namespace AppNet.Events;

/// <summary>How much waits where. docs/protocol.md, sections 8 and 12.</summary>
internal static class EventLimits
{
    /// <summary>The most events that a publisher keeps for one subscription.</summary>
    public const int QueuedEvents = 1_024;

    /// <summary>The most bytes that a publisher keeps for one subscription; a single event may be larger.</summary>
    public const long QueuedBytes = 8 * 1024 * 1024;

    /// <summary>The most subscriptions that one link may hold.</summary>
    public const int Subscriptions = 65_536;

    /// <summary>
    /// The bytes of events that may be under way to one subscription, or wait there for its handler: what a subscriber keeps at most, but
    /// for one event.
    /// </summary>
    public const int Credit = 256 * 1024;

    /// <summary>The credit that a publisher can be given; more is a violation.</summary>
    public const long MaxCredit = int.MaxValue;

    /// <summary>The most events of one name that wait for room; raising a further one fails.</summary>
    public const int WaitingRaisers = 1_024;

    /// <summary>The most bytes of text in a notice; the rest is cut off.</summary>
    public const int NoticeText = 512;
}
