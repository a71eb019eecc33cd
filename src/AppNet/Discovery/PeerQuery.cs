namespace AppNet;

/// <summary>Which peers are asked for. The default asks for all.</summary>
public sealed record PeerQuery
{
    /// <summary>Gets the groups to look in; null, the default, means every group and those without. <c>None</c> names the peers without a group.</summary>
    public IReadOnlyCollection<string>? Groups { get; init; }

    /// <summary>Gets whether only hubs are asked for. Default: false.</summary>
    public bool HubsOnly { get; init; }

    /// <summary>Gets whether only peers on this host are asked for, so that no network is touched. Default: false.</summary>
    public bool OnHost { get; init; }

    /// <summary>Gets whether this is only another look while somebody watches: a source may answer with what it found a moment ago.</summary>
    internal bool IsRoutine { get; init; }

    /// <summary>Says whether a peer is in one of the groups, and a hub where hubs are asked for.</summary>
    /// <param name="info">What the peer says of itself, which can't answer whether it is on this host.</param>
    /// <returns>Whether the peer is asked for.</returns>
    public bool Matches(PeerInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        return (info.IsHub || !HubsOnly)
            && (Groups is null || Groups.Contains(info.Group ?? PeerIdRules.NoGroup, StringComparer.Ordinal));
    }
}
