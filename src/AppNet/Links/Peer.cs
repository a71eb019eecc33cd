namespace AppNet;

/// <summary>
/// A handle to one peer, as seen from one <c>LocalPeer</c>. Making one touches no network; the first call through it does.
/// Two handles are equal when their ids are.
/// </summary>
public sealed class Peer : IEquatable<Peer>
{
    internal Peer(PeerId id, PeerInfo? info = null)
    {
        Id = id;
        Info = info;
    }

    /// <summary>Gets the peer's id.</summary>
    public PeerId Id { get; }

    /// <summary>Gets what the peer last said of itself, or null when it was named and not found.</summary>
    public PeerInfo? Info { get; }

    /// <inheritdoc/>
    public bool Equals(Peer? other) => other is not null && Id == other.Id;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Peer);

    /// <inheritdoc/>
    public override int GetHashCode() => Id.GetHashCode();

    /// <summary>Returns the id for people.</summary>
    /// <returns><c>host:port -&gt; group</c>.</returns>
    public override string ToString() => Id.ToFriendlyString();
}
