using System.Diagnostics.CodeAnalysis;
using AppNet.Links;

namespace AppNet.Tests.Links;

/// <summary>Knows no way to any peer.</summary>
internal sealed class NoLinks : ILinkSource
{
    public static NoLinks Instance { get; } = new();

    public bool TryGetLink(Peer peer, [NotNullWhen(true)] out Link? link)
    {
        link = null;
        return false;
    }

    public ValueTask<Link> GetLinkAsync(Peer peer, CancellationToken cancellationToken) =>
        ValueTask.FromException<Link>(new NetException(NetError.PeerNotFound, $"There is no way to {peer}."));
}
