using AppNet.Links;

namespace AppNet.Peers;

/// <summary>The links to one instance: one, as a rule; two for a moment when both sides dialled. Guarded by its table's lock.</summary>
internal sealed class LinkEntry
{
    /// <summary>Gets the links, in the order in which they came up.</summary>
    public List<Link> Links { get; } = [];

    /// <summary>Gets the addresses under which the instance was linked; one may have become another instance's since.</summary>
    public HashSet<PeerAddress> Addresses { get; } = [];

    /// <summary>Gets or sets the link that new calls go over.</summary>
    public Link? Preferred { get; set; }
}
