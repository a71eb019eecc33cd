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

    [LoggerMessage(EventIds.Calls + 2, LogLevel.Warning, "{Peer:F} has {Calls} calls under way here, as many as are taken; more are refused.", EventName = "Overloaded")]
    public static partial void Overloaded(ILogger logger, PeerId peer, int calls);
}
