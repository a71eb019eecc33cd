using System.Globalization;
using AppNet.Links;

namespace AppNet.Events;

/// <summary>Which publishers a rule is about.</summary>
/// <param name="Groups">The groups, or null for all; <c>None</c> names the peers without one.</param>
/// <param name="HubsOnly">Whether only hubs.</param>
/// <param name="OnHost">Whether only peers on this host.</param>
/// <param name="Peers">The only peers, or null for any other than this one.</param>
internal sealed record RuleFilter(
    IReadOnlyCollection<string>? Groups = null, bool HubsOnly = false, bool OnHost = false, IReadOnlyList<PeerId>? Peers = null)
{
    /// <summary>Gets the same text for filters that mean the same.</summary>
    public string Text => string.Create(
        CultureInfo.InvariantCulture,
        $"{HubsOnly} {OnHost} {Of(Groups)} {Of(Peers?.Select(id => AddressOf(id).ToString()))}");

    /// <summary>Makes a filter of what a program says, which it may change afterwards.</summary>
    /// <param name="groups">The groups, or null for all.</param>
    /// <param name="hubsOnly">Whether only hubs.</param>
    /// <param name="onHost">Whether only peers on this host.</param>
    /// <param name="from">The only peers, or null for any other than this one.</param>
    /// <returns>The filter.</returns>
    /// <exception cref="ArgumentException">No peer could ever match it.</exception>
    public static RuleFilter Create(IReadOnlyCollection<string>? groups, bool hubsOnly, bool onHost, IEnumerable<Peer>? from)
    {
        string[]? names = groups is null ? null : [.. groups];
        PeerId[]? peers = from is null ? null : [.. from.Select(peer => peer.Id)];
        if (names is [] || names?.Any(string.IsNullOrWhiteSpace) == true)
        {
            throw new ArgumentException("No group is named: nobody could match. Null stands for every group, None for the peers without one.", nameof(groups));
        }

        return peers is []
            ? throw new ArgumentException("No peer is named: nobody could match. Null stands for any peer, those that come later included.", nameof(from))
            : new RuleFilter(names, hubsOnly, onHost, peers);
    }

    /// <summary>Tells whether a peer that is there is meant.</summary>
    /// <param name="presence">The peer.</param>
    /// <returns>Whether it is.</returns>
    public bool Matches(PublisherPresence presence) => presence.IsThere && Names(presence.Info) && Matches(presence.Info, presence.IsOnHost);

    /// <summary>Tells whether the peer at the other end of a link is meant, as it says of itself what it is.</summary>
    /// <param name="link">The link.</param>
    /// <returns>Whether it is.</returns>
    public bool Matches(Link link) => Matches(link.Remote, link.Path.IsSameHost);

    private bool Matches(PeerInfo info, bool isOnHost) =>
        (isOnHost || !OnHost)
        && (info.IsHub || !HubsOnly)
        && (Groups is null || Groups.Contains(info.Group ?? PeerIdRules.NoGroup, StringComparer.Ordinal));

    // No name of a group or a host holds a line's end.
    private static string Of(IEnumerable<string>? names) =>
        names is null ? "all" : string.Join('\n', names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Prepend("these:"));

    private static PeerAddress AddressOf(PeerId id) => new PeerAddress(id.Host, id.Port).Canonical;

    private bool Names(PeerInfo info) => Peers is null || Peers.Any(id => AddressOf(id) == AddressOf(info.Id));
}
