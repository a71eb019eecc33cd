using Microsoft.Extensions.Logging;

namespace AppNet.Architecture.Tests.Fixtures;

/// <summary>A log method where none should be. Nothing calls it.</summary>
internal static partial class StrayLog
{
    public const int Id = 207;

    [LoggerMessage(Id, LogLevel.Debug, "Lost {Peer}")]
    public static partial void LinkLost(ILogger logger, string peer);
}
