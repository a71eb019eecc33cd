using System.Diagnostics.CodeAnalysis;
using AppNet.Calls;
using AppNet.Connections;
using AppNet.Links;
using AppNet.TestKit;
using AppNet.Tests.Connections;
using AppNet.Transport;

namespace AppNet.Tests.Links;

/// <summary>One of two peers that are linked: functions to offer, calls to make, a log to read.</summary>
internal sealed class LinkSide : ILinkSource, IDisposable
{
    private static readonly RuntimeParameter Context = new(typeof(CallContext), invocation => CallContext.Of(invocation));

    public LinkSide(PeerInfo self, LinkPairOptions options)
    {
        Self = self;
        Options = options;
        Log = new LogRecorder { Minimum = options.LogLevel };
        Functions = new ConnectionTable();
        Threads = new LinkThreads(options.Time, options.Link.SpinTime);
        var calls = new CallOptions
        {
            Connections = Functions,
            SerializerOptions = TestInvocation.Options,
            Time = options.Time,
            MaxMessageBytes = options.MaxMessageBytes,
            MaxArgumentBytesPerLink = options.MaxArgumentBytesPerLink,
            DefaultTimeout = options.DefaultTimeout,
        };
        Protocol = new CallProtocol(calls, this, this, Log.CreateLogger("AppNet.Calls"));
    }

    public PeerInfo Self { get; }

    public LinkPairOptions Options { get; }

    public LogRecorder Log { get; }

    public ConnectionTable Functions { get; }

    public LinkThreads Threads { get; }

    public CallProtocol Protocol { get; }

    public Link Link { get; private set; } = null!;

    /// <summary>Gets this side's handle to the other side.</summary>
    public Peer Other { get; private set; } = null!;

    public LinkCalls Calls => Link.Handler<LinkCalls>();

    public static PeerInfo Name(int port) => Sample.Info(port: port, group: "test");

    public void Join(IDuplex duplex, PeerInfo other, LinkLimits otherLimits, bool isDialler)
    {
        var handshake = new HandshakeResult(duplex, other, isDialler, otherLimits, ReadOnlyMemory<byte>.Empty);
        Link = new Link(handshake, Options.Link, Threads, [Protocol], Log.CreateLogger("AppNet.Links"));
        Other = new Peer(this, other.Id, other);
    }

    public void Offer(string tag, Delegate function) => Functions.Add(DelegateConnection.Create(tag, function, Context));

    public Task<T> CallAsync<T>(string tag, CallArguments? arguments = null) =>
        Other.InvokeAsync<T>(tag, arguments, CancellationToken.None);

    public Task<T> CallUntilAsync<T>(string tag, CallArguments? arguments = null, CancellationToken cancellationToken = default) =>
        Other.InvokeAsync<T>(tag, arguments, cancellationToken);

    public bool TryGetLink(Peer peer, [NotNullWhen(true)] out Link? link)
    {
        link = Link.TakesCalls ? Link : null;
        return link is not null;
    }

    public ValueTask<Link> GetLinkAsync(Peer peer, CancellationToken cancellationToken) => Link.TakesCalls
        ? ValueTask.FromResult(Link)
        : ValueTask.FromException<Link>(new NetException(NetError.Refused, "The link takes no more calls."));

    public void Dispose()
    {
        Protocol.Slow.Dispose();
        Threads.Dispose();
    }
}
