using System.Diagnostics.CodeAnalysis;
using AppNet.Calls;
using AppNet.Connections;
using AppNet.Links;
using Microsoft.Extensions.Logging.Abstractions;

namespace AppNet.Micro;

/// <summary>One side of a link to nowhere, with its calls: frames are handed to it as if they had arrived.</summary>
internal sealed class OneSide : ILinkSource, IDisposable
{
    private readonly LinkThreads _threads = new(TimeProvider.System, TimeSpan.Zero);
    private readonly CallProtocol _protocol;

    /// <summary>Initializes a new instance of the <see cref="OneSide"/> class.</summary>
    public OneSide()
    {
        var options = new CallOptions { Connections = Functions, SerializerOptions = SerializerOptionsFactory.Build() };
        _protocol = new CallProtocol(options, this, this, NullLogger.Instance);
        var other = new PeerInfo { Host = "127.0.0.1", Port = 3010, Instance = Guid.NewGuid() };
        var handshake = new HandshakeResult(new DiscardingDuplex(), other, IsDialler: true, LinkLimits.Default, ReadOnlyMemory<byte>.Empty);
        Link = new Link(handshake, new LinkOptions(), _threads, [_protocol], NullLogger.Instance);
    }

    /// <summary>Gets the functions that this side offers.</summary>
    public ConnectionTable Functions { get; } = new();

    /// <summary>Gets the link.</summary>
    public Link Link { get; }

    /// <summary>Gets the calls over it.</summary>
    public LinkCalls Calls => Link.Handler<LinkCalls>();

    /// <inheritdoc/>
    public bool TryGetLink(Peer peer, [NotNullWhen(true)] out Link? link)
    {
        link = Link;
        return true;
    }

    /// <inheritdoc/>
    public ValueTask<Link> GetLinkAsync(Peer peer, CancellationToken cancellationToken) => ValueTask.FromResult(Link);

    /// <inheritdoc/>
    public void Dispose()
    {
        _protocol.Slow.Dispose();
        _threads.Dispose();
    }
}
