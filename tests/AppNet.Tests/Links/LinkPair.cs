using AppNet.TestKit;
using AppNet.Transport;

namespace AppNet.Tests.Links;

/// <summary>Two sides with a link between them, through memory; the handshake is taken as done.</summary>
internal sealed class LinkPair : IAsyncDisposable
{
    private LinkPair(LinkSide near, LinkSide far)
    {
        Near = near;
        Far = far;
    }

    /// <summary>Gets the side that dialled.</summary>
    public LinkSide Near { get; }

    /// <summary>Gets the side that accepted.</summary>
    public LinkSide Far { get; }

    /// <summary>Gets what can go wrong on the dialling side's path, if the options ask for it.</summary>
    public FaultyDuplex NearPath { get; private set; } = null!;

    public static LinkPair Start(LinkPairOptions? options = null, Action<LinkPair>? before = null)
    {
        options ??= new LinkPairOptions();
        var pair = new LinkPair(new LinkSide(LinkSide.Name(4001), options), new LinkSide(LinkSide.Name(4002), options));
        var (near, far) = MemoryDuplex.CreatePair(Info("near"), Info("far"));
        IDuplex nearPath = options.IsFaulty ? pair.NearPath = new FaultyDuplex(near, seed: 7, isDialled: true) : near;
        pair.Near.Join(nearPath, pair.Far.Self, options.Link.Limits, isDialler: true);
        pair.Far.Join(far, pair.Near.Self, options.Link.Limits, isDialler: false);
        before?.Invoke(pair);
        pair.Near.Link.Start();
        pair.Far.Link.Start();
        return pair;
    }

    public async ValueTask DisposeAsync()
    {
        var over = new NetException(NetError.PeerLost, "The test is over.");
        Near.Link.Abort(over);
        Far.Link.Abort(over);
        await Task.WhenAll(Near.Link.Closed, Far.Link.Closed).WaitAsync(Soon.Limit);
        Near.Dispose();
        Far.Dispose();
    }

    private static DuplexInfo Info(string name) => new("memory", name, IsSameHost: true);
}
