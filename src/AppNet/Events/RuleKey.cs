namespace AppNet.Events;

/// <summary>What makes two rules the same: subscribing again with all of it equal gives the rule that stands.</summary>
/// <param name="EventName">The event's name.</param>
/// <param name="Handler">What handles the events: the user's delegate, or what generated code made of a method.</param>
/// <param name="Filter">The text of the filter.</param>
internal readonly record struct RuleKey(string EventName, object Handler, string Filter);
