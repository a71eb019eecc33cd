namespace AppNet;

/// <summary>
/// A source of peers, for packages that know peers beyond this host and this network. Its peers join those found
/// otherwise: what is known of one instance from several sources becomes one peer.
/// </summary>
/// <remarks>Safe for use from many threads; several searches may run at once.</remarks>
public interface IPeerDirectory
{
    /// <summary>Gets the name of the source, as logs and tools show it: short, lower case, the same for the whole run.</summary>
    string Name { get; }

    /// <summary>
    /// Answers once: yields each peer as soon as it is found, and ends when all that are there have been yielded.
    /// </summary>
    /// <remarks>
    /// A peer that was yielded before, matches the query and is not yielded again is taken to have left; so a source that
    /// could not look everywhere throws instead of ending early. Throwing is logged and disturbs no other source.
    /// </remarks>
    /// <param name="query">
    /// Which peers are asked for: a hint that may spare work. Peers that don't match may be yielded too. A source is not
    /// asked when only peers of this host are wanted.
    /// </param>
    /// <param name="cancellationToken">Ends the search; also used when it takes longer than 3 seconds.</param>
    /// <returns>The peers, each at least once.</returns>
    IAsyncEnumerable<DirectoryEntry> FindAsync(PeerQuery query, CancellationToken cancellationToken);
}
