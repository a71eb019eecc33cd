using Microsoft.Extensions.Logging;

namespace AppNet.Links;

/// <summary>What links report: ids 200 to 299.</summary>
internal static partial class Log
{
    [LoggerMessage(200, LogLevel.Debug, "Link up to {Peer} over {Transport}, dialled here: {IsDialler}.", EventName = "LinkUp")]
    public static partial void LinkUp(ILogger logger, PeerId peer, string transport, bool isDialler);

    [LoggerMessage(201, LogLevel.Debug, "Link to {Peer} ended: {Reason}", EventName = "LinkEnded")]
    public static partial void LinkEnded(ILogger logger, PeerId peer, string reason);

    [LoggerMessage(202, LogLevel.Debug, "{Peer} said goodbye: {Reason}", EventName = "GoodbyeHeard")]
    public static partial void GoodbyeHeard(ILogger logger, PeerId peer, string reason);

    [LoggerMessage(203, LogLevel.Warning, "{Peer} has given no sign of life for {Silence}.", EventName = "PeerSuspected")]
    public static partial void PeerSuspected(ILogger logger, PeerId peer, TimeSpan silence);

    [LoggerMessage(204, LogLevel.Warning, "{Peer} violated the protocol; the link is closed: {Violation}", EventName = "ProtocolViolated")]
    public static partial void ProtocolViolated(ILogger logger, PeerId peer, string violation);

    [LoggerMessage(205, LogLevel.Debug, "The link to {Peer} was left before all was finished: {Reason}", EventName = "LeftEarly")]
    public static partial void LeftEarly(ILogger logger, PeerId peer, string reason);

    [LoggerMessage(206, LogLevel.Warning, "A handshake with {Remote} failed: {Reason}", EventName = "HandshakeFailed")]
    public static partial void HandshakeFailed(ILogger logger, string remote, string reason);
}
