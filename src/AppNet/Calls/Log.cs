using AppNet.Diagnostics;
using Microsoft.Extensions.Logging;

namespace AppNet.Calls;

/// <summary>What calls report: ids 400 to 499.</summary>
internal static partial class Log
{
    [LoggerMessage(
        EventIds.Calls + 0,
        LogLevel.Warning,
        "'{Tag}' on {Peer:F} has not answered for {Duration}. It has no deadline of its own; a cancellation token or a timeout gives it one.",
        EventName = "CallPendingLong")]
    public static partial void CallPendingLong(ILogger logger, string tag, PeerId peer, TimeSpan duration);

    [LoggerMessage(EventIds.Calls + 1, LogLevel.Debug, "'{Tag}' failed for {Peer:F}: {Error}.", EventName = "FunctionFailed")]
    public static partial void FunctionFailed(ILogger logger, Exception exception, string tag, PeerId peer, NetError error);

    [LoggerMessage(EventIds.Calls + 2, LogLevel.Warning, "{Peer:F} has {Calls} calls under way here, with {Bytes} bytes of arguments, as many as are taken; more are refused.", EventName = "Overloaded")]
    public static partial void Overloaded(ILogger logger, PeerId peer, int calls, long bytes);

    [LoggerMessage(EventIds.Calls + 20, LogLevel.Debug, "Call {Call} of '{Tag}' to {Peer} was sent.", EventName = "CallSent", SkipEnabledCheck = true)]
    public static partial void CallSent(ILogger logger, uint call, string tag, PeerId peer);

    [LoggerMessage(EventIds.Calls + 21, LogLevel.Debug, "Call {Call} of '{Tag}' to {Peer} has ended with {Outcome}.", EventName = "CallEnded", SkipEnabledCheck = true)]
    public static partial void CallEnded(ILogger logger, uint call, string tag, PeerId peer, string outcome);

    [LoggerMessage(EventIds.Calls + 22, LogLevel.Debug, "Call {Call} of '{Tag}' from {Peer} has come.", EventName = "CallTaken", SkipEnabledCheck = true)]
    public static partial void CallTaken(ILogger logger, uint call, string tag, PeerId peer);

    [LoggerMessage(EventIds.Calls + 23, LogLevel.Debug, "Call {Call} of '{Tag}' from {Peer} is answered with {Outcome}.", EventName = "CallAnswered", SkipEnabledCheck = true)]
    public static partial void CallAnswered(ILogger logger, uint call, string tag, PeerId peer, string outcome);

    [LoggerMessage(EventIds.Calls + 30, LogLevel.Information, "{Peer:F} may not call '{Tag}' and was refused.", EventName = "CallRefused")]
    public static partial void CallRefused(ILogger logger, string tag, PeerId peer);

    [LoggerMessage(EventIds.Calls + 31, LogLevel.Error, "NetOptions.Authorize failed on a call of '{Tag}' by {Peer:F}, which was refused.", EventName = "AuthorizeFailed")]
    public static partial void AuthorizeFailed(ILogger logger, Exception exception, string tag, PeerId peer);
}
