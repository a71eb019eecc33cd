namespace AppNet.Security;

/// <summary>
/// The keys that are valid for a peer: one, or two while they rotate. Never changes.
/// </summary>
/// <param name="Newest">The key that this peer uses.</param>
/// <param name="Older">The key before it, which is still good for those who have no newer one; null: none.</param>
/// <param name="IsShared">Whether other hosts may have the keys, so that it makes sense to listen for them.</param>
internal sealed record KeyRing(NetworkKey Newest, NetworkKey? Older, bool IsShared)
{
    /// <summary>Gets the valid keys, newest first.</summary>
    public IEnumerable<NetworkKey> Keys => Older is null ? [Newest] : [Newest, Older];

    /// <summary>Makes a ring of one new key that nobody else has.</summary>
    /// <returns>The ring.</returns>
    public static KeyRing Make() => new(NetworkKey.Make(), Older: null, IsShared: false);

    /// <summary>Puts a newer key in front; the one that was in front stays valid, the one before it no longer is.</summary>
    /// <param name="newest">The newer key.</param>
    /// <returns>The ring.</returns>
    public KeyRing Rotate(NetworkKey newest) => newest.Equals(Newest) ? this : this with { Newest = newest, Older = Newest };

    /// <summary>Says whether a key is valid.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Whether it is.</returns>
    public bool Has(NetworkKey key) => Newest.Equals(key) || (Older?.Equals(key) ?? false);

    /// <summary>Returns the form for logs.</summary>
    /// <returns>The generations.</returns>
    public override string ToString() => string.Join(", ", Keys);
}
