namespace AppNet.Discovery;

/// <summary>
/// A source of peers inside the library: as <see cref="IPeerDirectory"/>, with the addresses and secrets that the public
/// seam does not show. Safe for use from many threads.
/// </summary>
internal interface IPeerSource
{
    /// <summary>Gets the source's name, unique within one <see cref="PeerTable"/>.</summary>
    string Name { get; }

    /// <summary>Gets whether the source finds peers of this host only, and so answers without the network.</summary>
    bool IsOnHost { get; }

    /// <summary>
    /// Answers once, with the contract of <see cref="IPeerDirectory.FindAsync"/>: what is not yielded and would match the
    /// query has left; a source that can't tell throws.
    /// </summary>
    /// <param name="query">Which peers are asked for; a hint.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The peers. Their <see cref="PeerRecord.Sources"/> are filled in by the table.</returns>
    IAsyncEnumerable<PeerRecord> FindAsync(PeerQuery query, CancellationToken cancellationToken);
}
