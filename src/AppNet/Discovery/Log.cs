using AppNet.Diagnostics;
using Microsoft.Extensions.Logging;

namespace AppNet.Discovery;

/// <summary>What discovery logs. Event ids 600 to 699.</summary>
internal static partial class Log
{
    [LoggerMessage(EventIds.Discovery + 0, LogLevel.Debug, "Port {Port} of this host was probed and {Found} is there.")]
    public static partial void PortProbed(ILogger logger, int port, string found);

    [LoggerMessage(EventIds.Discovery + 1, LogLevel.Debug, "Port {Port} of this host gave no answer within {Milliseconds} ms.")]
    public static partial void PortSilent(ILogger logger, int port, double milliseconds);

    [LoggerMessage(EventIds.Discovery + 2, LogLevel.Debug, "Port {Port} of this host could not be probed; it counts as no peer.")]
    public static partial void PortProbeFailed(ILogger logger, Exception exception, int port);

    [LoggerMessage(EventIds.Discovery + 10, LogLevel.Warning, "The runtime directory '{Path}' is not used: {Reason}")]
    public static partial void FolderRefused(ILogger logger, string path, string reason);

    [LoggerMessage(EventIds.Discovery + 11, LogLevel.Warning, "The entry '{Path}' of the runtime directory is ignored: {Reason}")]
    public static partial void EntryIgnored(ILogger logger, string path, string reason);

    [LoggerMessage(EventIds.Discovery + 12, LogLevel.Debug, "The entry of instance {Instance} was removed from '{Path}': its peer is gone.")]
    public static partial void StaleEntryRemoved(ILogger logger, Guid instance, string path);

    [LoggerMessage(EventIds.Discovery + 13, LogLevel.Debug, "'{Path}' could not be removed; whoever looks next tries again.")]
    public static partial void StaleFileKept(ILogger logger, Exception exception, string path);

    [LoggerMessage(EventIds.Discovery + 14, LogLevel.Debug, "This peer is listed in '{Path}'.")]
    public static partial void EntryPublished(ILogger logger, string path);

    [LoggerMessage(EventIds.Discovery + 16, LogLevel.Debug, "'{Path}' is not there, or its time could not be renewed.")]
    public static partial void EntryNotRenewed(ILogger logger, Exception exception, string path);

    [LoggerMessage(EventIds.Discovery + 17, LogLevel.Debug, "'{Path}' could not be written; whoever dials the port reads all entries instead.")]
    public static partial void PortNotWritten(ILogger logger, Exception exception, string path);

    [LoggerMessage(EventIds.Discovery + 20, LogLevel.Debug, "Peer {Peer} ({Instance}) {Change}.")]
    public static partial void PeerChanged(ILogger logger, string peer, Guid instance, PeerChangeKind change);

    [LoggerMessage(EventIds.Discovery + 21, LogLevel.Warning, "The source of peers '{Source}' failed; the others count.")]
    public static partial void SourceFailed(ILogger logger, Exception exception, string source);

    [LoggerMessage(EventIds.Discovery + 22, LogLevel.Warning, "The source of peers '{Source}' did not answer within {Seconds} s; what it found so far counts.")]
    public static partial void SourceSilent(ILogger logger, string source, double seconds);
}
