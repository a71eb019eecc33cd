namespace AppNet.Events;

/// <summary>The last event that a subscriber has seen of a publisher.</summary>
/// <param name="Publisher">The publisher's instance.</param>
/// <param name="Number">The event's number.</param>
internal sealed record LastSeen(Guid Publisher, long Number);
