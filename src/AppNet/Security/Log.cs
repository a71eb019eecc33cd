using AppNet.Diagnostics;
using Microsoft.Extensions.Logging;

namespace AppNet.Security;

/// <summary>What is reported of keys and strangers: ids 1000 to 1099. Keys and secrets never are.</summary>
internal static partial class Log
{
    [LoggerMessage(EventIds.Security + 0, LogLevel.Warning, "{Remote} was refused: {Reason}", EventName = "ProofRefused")]
    public static partial void ProofRefused(ILogger logger, string remote, string reason);

    [LoggerMessage(EventIds.Security + 1, LogLevel.Debug, "{Remote} was refused, its address for the {Count}th time in a minute: {Reason}", EventName = "ProofRefusedAgain")]
    public static partial void ProofRefusedAgain(ILogger logger, string remote, int count, string reason);

    [LoggerMessage(EventIds.Security + 2, LogLevel.Warning, "The address of {Remote} has failed {Count} times in a minute; until that is over it is turned away unheard.", EventName = "AddressBarred")]
    public static partial void AddressBarred(ILogger logger, string remote, int count);
}
