using System.ComponentModel;
using AppNet.Connections;

namespace AppNet.Events;

/// <summary>One <see cref="SubscribeAttribute"/> as generated code describes it: which event, of whom, and what handles it. For generated code.</summary>
/// <param name="eventName">The event's name: 1 to 512 bytes of UTF-8.</param>
/// <param name="handler">
/// What handles it, bound and run as a connected function. Its result is dropped; an <c>EventContext</c> parameter is filled by
/// <c>EventContext.Of(invocation)</c>. Not offered to others as a function.
/// </param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SubscriptionDefinition(string eventName, ConnectionDefinition handler)
{
    /// <summary>Gets the event's name.</summary>
    public string EventName { get; } = eventName;

    /// <summary>Gets what handles it.</summary>
    public ConnectionDefinition Handler { get; } = handler;

    /// <summary>Gets the groups whose peers match, or null for all.</summary>
    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>Gets whether only hubs match.</summary>
    public bool HubsOnly { get; init; }

    /// <summary>Gets whether only peers on this host match.</summary>
    public bool OnHost { get; init; }

    /// <summary>Gets the only peers that match, each as <c>host[:port]</c> or the base64 form of its id; null for any.</summary>
    public IReadOnlyList<string>? Peers { get; init; }
}
