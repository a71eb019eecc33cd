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

    [LoggerMessage(EventIds.Peers + 30, LogLevel.Information, "This peer listens for other hosts at {Where}, for those who have the key {Generations}.", EventName = "ListensForOthers")]
    public static partial void ListensForOthers(ILogger logger, string where, string generations);

    [LoggerMessage(EventIds.Peers + 31, LogLevel.Warning, "NET_OPEN: this peer listens in plain text at {Where}, and runs what anybody calls who reaches it. To close it, unset NET_OPEN (NetOptions.IsOpen); to open it to those who have a key only, invite them.", EventName = "NetworkIsOpen")]
    public static partial void NetworkIsOpen(ILogger logger, string where);

    [LoggerMessage(EventIds.Peers + 32, LogLevel.Warning, "This peer does not listen at {Address}: {Reason}", EventName = "AddressNotListenedOn")]
    public static partial void AddressNotListenedOn(ILogger logger, string address, string reason);

    [LoggerMessage(EventIds.Peers + 33, LogLevel.Warning, "A key is shared, but this platform has no TLS 1.3 for servers: this peer stays on its host.", EventName = "NoTlsHere")]
    public static partial void NoTlsHere(ILogger logger);

    [LoggerMessage(EventIds.Peers + 34, LogLevel.Warning, "The key file '{Path}' is not there: this peer stays on its host until a key is made or joined.", EventName = "NoKeyYet")]
    public static partial void NoKeyYet(ILogger logger, string path);

    [LoggerMessage(EventIds.Peers + 35, LogLevel.Information, "Other hosts are invited: {Uses} may join until {ExpiresAt}.", EventName = "Invited")]
    public static partial void Invited(ILogger logger, int uses, DateTimeOffset expiresAt);

    [LoggerMessage(EventIds.Peers + 36, LogLevel.Information, "{Remote} has joined and has the key {Generations}.", EventName = "HostJoined")]
    public static partial void HostJoined(ILogger logger, string remote, string generations);

    [LoggerMessage(EventIds.Peers + 37, LogLevel.Warning, "{Remote} came with an invitation and was refused: {Fault}.", EventName = "JoinRefused")]
    public static partial void JoinRefused(ILogger logger, string remote, InvitationFault fault);

    [LoggerMessage(EventIds.Peers + 38, LogLevel.Information, "This user has joined other hosts and has their key {Generations}.", EventName = "Joined")]
    public static partial void Joined(ILogger logger, string generations);

    [LoggerMessage(EventIds.Peers + 39, LogLevel.Information, "The keys have been rotated: {Generations} are valid, newest first.", EventName = "KeyRotated")]
    public static partial void KeyRotated(ILogger logger, string generations);

    [LoggerMessage(EventIds.Peers + 40, LogLevel.Warning, "A rotated key is in use, but can't be kept: {Reason}", EventName = "KeyNotKept")]
    public static partial void KeyNotKept(ILogger logger, string reason);

    [LoggerMessage(EventIds.Peers + 41, LogLevel.Warning, "A rotated key could not be taken into use.", EventName = "KeyNotUsed")]
    public static partial void KeyNotUsed(ILogger logger, Exception exception);
}
