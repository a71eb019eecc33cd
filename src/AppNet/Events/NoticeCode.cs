namespace AppNet.Events;

/// <summary>What a <c>Notice</c> says of a subscription. docs/protocol.md, section 12.3.</summary>
internal enum NoticeCode : ushort
{
    /// <summary>It stands; the number of the last event before it follows.</summary>
    Begun = 1,

    /// <summary>It was ended by the subscriber, and no event comes any more.</summary>
    Ended = 3,

    /// <summary>It was ended by the publisher, as its queue was full.</summary>
    Overrun = 4,

    /// <summary>The publisher does not grant it.</summary>
    Refused = 5,

    /// <summary>Said by the subscriber: arguments fit no handler.</summary>
    Misfit = 6,
}
