using AppNet.Diagnostics;
using Microsoft.Extensions.Logging;

namespace AppNet.Peers;

/// <summary>What peers report: ids 700 to 799.</summary>
internal static partial class Log
{
    [LoggerMessage(EventIds.Peers + 0, LogLevel.Information, "{Peer:F} has started and offers {Functions}.", EventName = "PeerStarted")]
    public static partial void PeerStarted(ILogger logger, PeerId peer, string functions);

    [LoggerMessage(EventIds.Peers + 1, LogLevel.Information, "{Peer:F} has stopped.", EventName = "PeerStopped")]
    public static partial void PeerStopped(ILogger logger, PeerId peer);

    [LoggerMessage(EventIds.Peers + 2, LogLevel.Information, "The ports {First} to {Last} are taken; this peer listens on {Port}.", EventName = "RangeTaken")]
    public static partial void RangeTaken(ILogger logger, int first, int last, int port);

    [LoggerMessage(EventIds.Peers + 3, LogLevel.Warning, "The tag '{Tag}' was connected to {Before} and now is to {After}: the last one wins.", EventName = "ConnectionReplaced")]
    public static partial void ConnectionReplaced(ILogger logger, string tag, string before, string after);

    [LoggerMessage(EventIds.Peers + 4, LogLevel.Debug, "A handshake with {Remote} gave no link: {Reason}", EventName = "HandshakeEnded")]
    public static partial void HandshakeEnded(ILogger logger, string remote, string reason);

    [LoggerMessage(EventIds.Peers + 5, LogLevel.Warning, "{Remote} was refused: {Reason}", EventName = "StrangerRefused")]
    public static partial void StrangerRefused(ILogger logger, string remote, string reason);

    [LoggerMessage(EventIds.Peers + 6, LogLevel.Warning, "{Count} more were refused within {Period}, the last of them {Remote}: {Reason}", EventName = "StrangersRefused")]
    public static partial void StrangersRefused(ILogger logger, int count, TimeSpan period, string remote, string reason);

    [LoggerMessage(EventIds.Peers + 7, LogLevel.Debug, "Dialling {Peer:F} at {Address} failed: {Reason}", EventName = "DialFailed")]
    public static partial void DialFailed(ILogger logger, PeerId peer, string address, string reason);

    [LoggerMessage(EventIds.Peers + 8, LogLevel.Warning, "Listening at {Address} failed; it is tried again in {Pause}.", EventName = "ListenerFailed")]
    public static partial void ListenerFailed(ILogger logger, Exception exception, string address, TimeSpan pause);

    [LoggerMessage(EventIds.Peers + 9, LogLevel.Warning, "{Count} links were not finished in time, and are closed with calls under way.", EventName = "DrainCutShort")]
    public static partial void DrainCutShort(ILogger logger, int count);

    [LoggerMessage(EventIds.Peers + 21, LogLevel.Information, "{Before} has been reconfigured and is now {Peer}.", EventName = "Reconfigured")]
    public static partial void Reconfigured(ILogger logger, PeerId before, PeerId peer);

    [LoggerMessage(EventIds.Peers + 22, LogLevel.Debug, "{Peer} says something new of itself: {Info}.", EventName = "InfoLearned")]
    public static partial void InfoLearned(ILogger logger, PeerId peer, PeerInfo info);

    [LoggerMessage(EventIds.Peers + 20, LogLevel.Warning, "The flag '{Flag}' had a handler and now has another: the last one wins.", EventName = "FlagReplaced")]
    public static partial void FlagReplaced(ILogger logger, string flag);
}
