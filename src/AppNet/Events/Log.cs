using AppNet.Diagnostics;
using Microsoft.Extensions.Logging;

namespace AppNet.Events;

/// <summary>What events and subscriptions report: ids 500 to 599.</summary>
internal static partial class Log
{
    [LoggerMessage(EventIds.Events + 0, LogLevel.Debug, "{Peer} has subscribed to '{Event}', whose last number is {Number}.", EventName = "SubscriberCame")]
    public static partial void SubscriberCame(ILogger logger, PeerId peer, string @event, long number);

    [LoggerMessage(EventIds.Events + 1, LogLevel.Debug, "{Peer} has ended its subscription to '{Event}'.", EventName = "SubscriberLeft")]
    public static partial void SubscriberLeft(ILogger logger, PeerId peer, string @event);

    [LoggerMessage(EventIds.Events + 2, LogLevel.Information, "{Peer} is gone, and its {Count} subscriptions to {Events} with it: {Reason}", EventName = "SubscribersPruned")]
    public static partial void SubscribersPruned(ILogger logger, PeerId peer, int count, string events, string reason);

    [LoggerMessage(EventIds.Events + 3, LogLevel.Warning, "The subscription of {Peer} to '{Event}' was refused: {Reason}", EventName = "SubscriberRefused")]
    public static partial void SubscriberRefused(ILogger logger, PeerId peer, string @event, string reason);

    [LoggerMessage(EventIds.Events + 4, LogLevel.Debug, "{Peer} has come back and has missed {Count} events '{Event}' up to now.", EventName = "SubscriberMissed")]
    public static partial void SubscriberMissed(ILogger logger, PeerId peer, long count, string @event);

    [LoggerMessage(EventIds.Events + 5, LogLevel.Warning, "Events '{Event}' are dropped for {Peer}, which is slower than they come. Told once for a subscription; later ones are only counted.", EventName = "EventsDropped")]
    public static partial void EventsDropped(ILogger logger, string @event, PeerId peer);

    [LoggerMessage(EventIds.Events + 6, LogLevel.Warning, "The subscription of {Peer} to '{Event}' was ended, as its queue is full: {Count} events are dropped.", EventName = "SubscriberDisconnected")]
    public static partial void SubscriberDisconnected(ILogger logger, PeerId peer, string @event, int count);

    [LoggerMessage(EventIds.Events + 7, LogLevel.Warning, "{Peer} can't handle '{Event}' {Number}, the last of {Count} so: {Reason}", EventName = "SubscriberMisfit")]
    public static partial void SubscriberMisfit(ILogger logger, PeerId peer, string @event, long number, uint count, string reason);

    [LoggerMessage(EventIds.Events + 8, LogLevel.Debug, "'{Event}' {Number} is raised, for {Count} subscriptions.", EventName = "EventRaised")]
    public static partial void EventRaised(ILogger logger, string @event, long number, int count);

    [LoggerMessage(EventIds.Events + 9, LogLevel.Warning, "'{Event}' {Number} has {Length} bytes and is dropped for {Peer}, which takes {Limit}. Told once for a subscription; later ones are only counted.", EventName = "EventTooLarge")]
    public static partial void EventTooLarge(ILogger logger, string @event, long number, int length, PeerId peer, int limit);

    [LoggerMessage(EventIds.Events + 20, LogLevel.Debug, "Subscribed to '{Event}' at {Peer}, whose last number is {Number}.", EventName = "Subscribed")]
    public static partial void Subscribed(ILogger logger, string @event, PeerId peer, long number);

    [LoggerMessage(EventIds.Events + 21, LogLevel.Debug, "Subscribing to '{Event}' at {Peer} failed: {Reason}", EventName = "SubscribingFailed")]
    public static partial void SubscribingFailed(ILogger logger, string @event, PeerId peer, string reason);

    [LoggerMessage(EventIds.Events + 22, LogLevel.Information, "The subscription to '{Event}' at {Peer} is interrupted: {Reason}", EventName = "SubscriptionInterrupted")]
    public static partial void SubscriptionInterrupted(ILogger logger, string @event, PeerId peer, string reason);

    [LoggerMessage(EventIds.Events + 23, LogLevel.Warning, "{Peer} has ended the subscription to '{Event}': {Reason}", EventName = "SubscriptionEnded")]
    public static partial void SubscriptionEnded(ILogger logger, PeerId peer, string @event, string reason);

    [LoggerMessage(EventIds.Events + 24, LogLevel.Error, "A handler of '{Event}' failed on number {Number} of {Peer}.", EventName = "HandlerFailed")]
    public static partial void HandlerFailed(ILogger logger, Exception exception, string @event, long number, PeerId peer);

    [LoggerMessage(EventIds.Events + 25, LogLevel.Warning, "'{Event}' {Number} of {Peer} fits no handler: {Reason}", EventName = "EventMisfit")]
    public static partial void EventMisfit(ILogger logger, string @event, long number, PeerId peer, string reason);

    [LoggerMessage(EventIds.Events + 26, LogLevel.Warning, "A handler of '{Event}' has been busy with number {Number} of {Peer} for more than {Seconds} s; its other events wait.", EventName = "HandlerHangs")]
    public static partial void HandlerHangs(ILogger logger, string @event, long number, PeerId peer, double seconds);

    [LoggerMessage(EventIds.Events + 27, LogLevel.Error, "A rule for '{Event}' can't be kept: {Reason}", EventName = "RuleInvalid")]
    public static partial void RuleInvalid(ILogger logger, string @event, string reason);

    [LoggerMessage(EventIds.Events + 29, LogLevel.Debug, "'{Event}' {Number} of {Peer} goes to its handler.", EventName = "EventHandled")]
    public static partial void EventHandled(ILogger logger, string @event, long number, PeerId peer);

    [LoggerMessage(EventIds.Events + 28, LogLevel.Error, "Watching for publishers has failed; it begins anew in {Seconds} s.", EventName = "WatchFailed")]
    public static partial void WatchFailed(ILogger logger, Exception exception, double seconds);

    [LoggerMessage(EventIds.Events + 30, LogLevel.Warning, "Keeping the subscription to '{Event}' at {Peer} has failed; it is tried again.", EventName = "RuleFailed")]
    public static partial void RuleFailed(ILogger logger, Exception exception, string @event, PeerId peer);
}
