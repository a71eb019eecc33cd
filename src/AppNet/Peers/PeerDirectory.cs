using System.Collections;
using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace AppNet;

/// <summary>
/// The peers found at one moment: a list in a stable order (group, host, port) that also answers by id and by group. It
/// doesn't change; the peer that asked isn't in it. Safe for use from many threads.
/// </summary>
public sealed class PeerDirectory : IReadOnlyList<Peer>
{
    private readonly Peer[] _peers;
    private readonly FrozenDictionary<PeerId, Peer> _byId;
    private readonly FrozenDictionary<string, IReadOnlyList<Peer>> _byGroup;

    /// <summary>Makes a directory.</summary>
    /// <param name="peers">The peers; of two with one id the later one counts.</param>
    internal PeerDirectory(IEnumerable<Peer> peers)
    {
        var byId = new Dictionary<PeerId, Peer>();
        foreach (var peer in peers)
        {
            byId[peer.Id] = peer;
        }

        _peers =
        [
            .. byId.Values
                .OrderBy(peer => GroupOf(peer), StringComparer.Ordinal)
                .ThenBy(peer => peer.Id.Host, StringComparer.Ordinal)
                .ThenBy(peer => peer.Id.Port),
        ];
        _byId = byId.ToFrozenDictionary();
        _byGroup = _peers
            .GroupBy(GroupOf, StringComparer.Ordinal)
            .ToFrozenDictionary(
                group => group.Key, group => (IReadOnlyList<Peer>)Array.AsReadOnly(group.ToArray()), StringComparer.Ordinal);
        Groups = [.. _byGroup.Keys.Order(StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public int Count => _peers.Length;

    /// <summary>Gets the names of the groups that have peers here, in order; <c>None</c> stands for those without a group.</summary>
    public IReadOnlyList<string> Groups { get; }

    /// <inheritdoc/>
    public Peer this[int index] => _peers[index];

    /// <summary>Gets the peer with an id.</summary>
    /// <param name="id">The id.</param>
    /// <exception cref="KeyNotFoundException">No peer here has the id.</exception>
    [SuppressMessage("Design", "CA1043", Justification = "The id is what a directory is asked by.")]
    public Peer this[PeerId id] =>
        TryGet(id, out var peer)
            ? peer
            : throw new KeyNotFoundException($"The directory has no peer '{id.ToFriendlyString()}'. Refresh it, or use TryGet.");

    /// <summary>Gets the peers of a group; none when there is no such group.</summary>
    /// <param name="group">The group's name; <c>None</c> stands for the peers without a group.</param>
    public IReadOnlyList<Peer> this[string group] => _byGroup.GetValueOrDefault(group, []);

    /// <summary>Finds the peer with an id.</summary>
    /// <param name="id">The id.</param>
    /// <param name="peer">The peer.</param>
    /// <returns>Whether it is here.</returns>
    public bool TryGet(PeerId id, [NotNullWhen(true)] out Peer? peer) => _byId.TryGetValue(id, out peer);

    /// <inheritdoc/>
    public IEnumerator<Peer> GetEnumerator() => ((IEnumerable<Peer>)_peers).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static string GroupOf(Peer peer) => peer.Id.Group ?? PeerIdRules.NoGroup;
}
