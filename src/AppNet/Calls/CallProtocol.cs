using AppNet.Links;
using AppNet.Wire;
using Microsoft.Extensions.Logging;

namespace AppNet.Calls;

/// <summary>Calls as one peer speaks them over all its links. docs/protocol.md, sections 6 and 7.</summary>
internal sealed class CallProtocol : ILinkProtocol
{
    private readonly ILinkSource _source;

    /// <summary>Makes the protocol of a peer.</summary>
    /// <param name="options">What the calls have in common.</param>
    /// <param name="source">Where links to others come from, for calls back.</param>
    /// <param name="owner">The peer whose protocol it is: what functions find as the current one.</param>
    /// <param name="logger">Where calls are reported.</param>
    public CallProtocol(CallOptions options, ILinkSource source, object owner, ILogger logger)
    {
        Options = options;
        _source = source;
        Logger = logger;
        Context = AmbientPeer.CaptureContext(owner);
        Slow = new SlowCallWatch(options.Time, logger);
    }

    /// <inheritdoc/>
    public IReadOnlyList<FrameType> FrameTypes { get; } =
        [FrameType.Tag, FrameType.Call, FrameType.Answer, FrameType.Error, FrameType.Cancel, FrameType.Flag,
         FrameType.Item, FrameType.Credit, FrameType.End, FrameType.Stop];

    /// <summary>Gets what the calls have in common.</summary>
    public CallOptions Options { get; }

    /// <summary>Gets where calls are reported.</summary>
    public ILogger Logger { get; }

    /// <summary>
    /// Gets the execution context in which functions run: blank but for the current peer. Restoring it allocates nothing and undoes
    /// what the function before has left.
    /// </summary>
    public ExecutionContext Context { get; }

    /// <summary>Gets who reports calls that take long.</summary>
    public SlowCallWatch Slow { get; }

    /// <summary>
    /// Gets whether a line is logged for each call and each answer. Looked up when a link comes up, so that calls that are not logged
    /// don't ask.
    /// </summary>
    public bool LogsCalls { get; private set; }

    /// <inheritdoc/>
    public IFrameHandler Attach(Link link)
    {
        LogsCalls = Logger.IsEnabled(LogLevel.Debug);
        return new LinkCalls(this, link);
    }

    /// <summary>Makes a handle to the peer at the other end of a link.</summary>
    /// <param name="link">The link.</param>
    /// <returns>The handle.</returns>
    public Peer PeerOf(Link link) => new(_source, link.Remote.Id, link.Remote);
}
