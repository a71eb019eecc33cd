using AppNet.Diagnostics;
using Microsoft.Extensions.Logging;

namespace AppNet.Links;

/// <summary>What links report: ids 200 to 299.</summary>
internal static partial class Log
{
    [LoggerMessage(EventIds.Links + 0, LogLevel.Debug, "Link up to {Peer:F} over {Transport}, dialled here: {IsDialler}.", EventName = "LinkUp")]
    public static partial void LinkUp(ILogger logger, PeerId peer, string transport, bool isDialler);

    [LoggerMessage(EventIds.Links + 1, LogLevel.Debug, "Link to {Peer:F} ended: {Reason}", EventName = "LinkEnded")]
    public static partial void LinkEnded(ILogger logger, PeerId peer, string reason);

    [LoggerMessage(EventIds.Links + 2, LogLevel.Debug, "{Peer:F} said goodbye: {Reason}", EventName = "GoodbyeHeard")]
    public static partial void GoodbyeHeard(ILogger logger, PeerId peer, string reason);

    [LoggerMessage(EventIds.Links + 3, LogLevel.Warning, "{Peer:F} has given no sign of life for {Silence}.", EventName = "PeerSuspected")]
    public static partial void PeerSuspected(ILogger logger, PeerId peer, TimeSpan silence);

    [LoggerMessage(EventIds.Links + 4, LogLevel.Warning, "{Peer:F} violated the protocol; the link is closed: {Violation}", EventName = "ProtocolViolated")]
    public static partial void ProtocolViolated(ILogger logger, PeerId peer, string violation);

    [LoggerMessage(EventIds.Links + 5, LogLevel.Debug, "The link to {Peer:F} was left before all was finished: {Reason}", EventName = "LeftEarly")]
    public static partial void LeftEarly(ILogger logger, PeerId peer, string reason);
}
