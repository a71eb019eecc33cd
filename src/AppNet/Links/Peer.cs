using AppNet.Links;

namespace AppNet;

/// <summary>
/// A handle to one peer, as seen from one <c>LocalPeer</c>. Making one touches no network; the first call through it does.
/// Two handles are equal when their ids are. Safe for use from many threads.
/// </summary>
public sealed class Peer : IEquatable<Peer>
{
    private readonly ILinkSource _source;

    // The link that the last call went over; only a short cut past the source's table.
    private volatile Link? _link;

    internal Peer(ILinkSource source, PeerId id, PeerInfo? info = null, TimeSpan? timeout = null)
    {
        _source = source;
        Id = id;
        Info = info;
        Timeout = timeout;
    }

    /// <summary>Gets the peer's id.</summary>
    public PeerId Id { get; }

    /// <summary>Gets what the peer said of itself when it was found, or null when it was only named.</summary>
    public PeerInfo? Info { get; }

    /// <summary>Gets how long calls through this handle may take; null: as long as the options of the local peer say.</summary>
    public TimeSpan? Timeout { get; }

    /// <summary>Gets where links come from.</summary>
    internal ILinkSource Source => _source;

    /// <summary>Returns a handle to the same peer with a time limit for each call through it.</summary>
    /// <param name="timeout">The limit: more than zero, at most 24 days.</param>
    /// <returns>The handle.</returns>
    public Peer With(TimeSpan timeout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(timeout, TimeSpan.FromDays(24));
        return new Peer(_source, Id, Info, timeout);
    }

    /// <inheritdoc/>
    public bool Equals(Peer? other) => other is not null && Id == other.Id;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Peer);

    /// <inheritdoc/>
    public override int GetHashCode() => Id.GetHashCode();

    /// <summary>Returns the id for people.</summary>
    /// <returns><c>host:port -&gt; group</c>.</returns>
    public override string ToString() => Id.ToFriendlyString();

    /// <summary>Returns the link to the peer, if there is one that takes calls. Touches no network.</summary>
    /// <returns>The link, or null.</returns>
    internal Link? FindLink()
    {
        if (_link is { TakesCalls: true } link)
        {
            return link;
        }

        _link = _source.TryGetLink(this, out var found) ? found : null;
        return _link;
    }
}
