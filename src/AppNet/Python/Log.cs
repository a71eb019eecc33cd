using AppNet.Diagnostics;
using Microsoft.Extensions.Logging;

namespace AppNet.Python;

/// <summary>What the Python wires report: ids 900 to 999.</summary>
internal static partial class Log
{
    [LoggerMessage(EventIds.Python + 0, LogLevel.Warning, "{Remote} speaks like a Python peer of app-net {Family} and was refused: set NET_PYTHON=1, or NetOptions.Python, to serve Python peers.", EventName = "PythonRefused")]
    public static partial void PythonRefused(ILogger logger, string remote, string family);

    [LoggerMessage(EventIds.Python + 1, LogLevel.Debug, "{Remote} speaks like a Python peer of app-net {Family} and was refused, as one before it.", EventName = "PythonRefusedAgain")]
    public static partial void PythonRefusedAgain(ILogger logger, string remote, string family);

    [LoggerMessage(EventIds.Python + 2, LogLevel.Warning, "{Remote} speaks like a Python peer of app-net {Family} and was refused: Python peers are served on this host only.", EventName = "PythonElsewhere")]
    public static partial void PythonElsewhere(ILogger logger, string remote, string family);

    [LoggerMessage(EventIds.Python + 3, LogLevel.Warning, "{Remote} was refused: {Count} Python requests are being answered, as many as this peer takes.", EventName = "PythonOverload")]
    public static partial void PythonOverload(ILogger logger, string remote, int count);

    [LoggerMessage(EventIds.Python + 4, LogLevel.Debug, "A Python request from {Remote} ended without an answer: {Reason}", EventName = "PythonRequestEnded")]
    public static partial void PythonRequestEnded(ILogger logger, string remote, string reason);

    [LoggerMessage(EventIds.Python + 5, LogLevel.Debug, "A Python request from {Remote} was answered with an error: {Type}: {Reason}", EventName = "PythonRequestBad")]
    public static partial void PythonRequestBad(ILogger logger, string remote, string type, string reason);

    [LoggerMessage(EventIds.Python + 6, LogLevel.Debug, "A Python caller called '{Function}'.", EventName = "PythonCallTaken")]
    public static partial void PythonCallTaken(ILogger logger, string function);

    [LoggerMessage(EventIds.Python + 7, LogLevel.Information, "'{Function}', called by a Python caller, failed.", EventName = "PythonFunctionFailed")]
    public static partial void PythonFunctionFailed(ILogger logger, Exception exception, string function);

    [LoggerMessage(EventIds.Python + 10, LogLevel.Information, "{Peer:F} is a Python peer of app-net {Family}.", EventName = "PythonPeerFound")]
    public static partial void PythonPeerFound(ILogger logger, PeerId peer, string family);

    [LoggerMessage(EventIds.Python + 11, LogLevel.Debug, "Nothing is known any more of the Python peer {Peer}: {Reason}", EventName = "PythonPeerGone")]
    public static partial void PythonPeerGone(ILogger logger, PeerId peer, string reason);

    [LoggerMessage(EventIds.Python + 12, LogLevel.Debug, "Port {Port} was asked for a Python peer: {Result}", EventName = "PythonPortProbed")]
    public static partial void PythonPortProbed(ILogger logger, int port, string result);

    [LoggerMessage(EventIds.Python + 20, LogLevel.Information, "The Python peer {Peer:F} has subscribed to '{Event}' with '{Function}'.", EventName = "PythonSubscribed")]
    public static partial void PythonSubscribed(ILogger logger, PeerId peer, string @event, string function);

    [LoggerMessage(EventIds.Python + 21, LogLevel.Information, "The Python peer {Peer:F} refuses events of '{Event}'; its subscription has ended.", EventName = "PythonSubscriberPruned")]
    public static partial void PythonSubscriberPruned(ILogger logger, PeerId peer, string @event);

    [LoggerMessage(EventIds.Python + 22, LogLevel.Warning, "An event of '{Event}' was not delivered to the Python peer {Peer:F}: {Reason}", EventName = "PythonDeliveryFailed")]
    public static partial void PythonDeliveryFailed(ILogger logger, PeerId peer, string @event, string reason);

    [LoggerMessage(EventIds.Python + 23, LogLevel.Warning, "The Python peer {Peer:F} did not take the subscription to '{Event}': {Reason}", EventName = "PythonSubscribingFailed")]
    public static partial void PythonSubscribingFailed(ILogger logger, PeerId peer, string @event, string reason);

    [LoggerMessage(EventIds.Python + 24, LogLevel.Information, "A Python peer may not call '{Tag}', which is for peers that can prove who they are, and was refused.", EventName = "PythonCallRefused")]
    public static partial void PythonCallRefused(ILogger logger, string tag);
}
