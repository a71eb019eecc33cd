namespace AppNet.Events;

/// <summary>The payload of a <c>Subscribe</c>. docs/protocol.md, section 12.1.</summary>
/// <param name="Event">The event's name.</param>
/// <param name="Credit">The bytes of events that may come at first.</param>
/// <param name="After">What the subscriber has seen last, when it comes back.</param>
internal sealed record SubscribeMessage(string Event, int Credit, LastSeen? After = null);
