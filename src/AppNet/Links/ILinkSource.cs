namespace AppNet.Links;

/// <summary>Gives links to peers. Implemented where routes are known; safe for use from many threads.</summary>
internal interface ILinkSource
{
    /// <summary>Gets how long a call may take when nothing else is said; null: as long as the function and the link do.</summary>
    TimeSpan? DefaultTimeout => null;

    /// <summary>Gets the clock that limits are counted by.</summary>
    TimeProvider Time => TimeProvider.System;

    /// <summary>Returns the link to a peer, if there is one that takes calls. Touches no network.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="link">The link.</param>
    /// <returns>Whether there is one.</returns>
    bool TryGetLink(Peer peer, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Link? link);

    /// <summary>Returns the link to a peer, dialling it if there is none.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="cancellationToken">Ends the wait; the dialling may go on for others.</param>
    /// <returns>A link that takes calls, at least a moment ago.</returns>
    /// <exception cref="NetException">
    /// There is no way to the peer: <see cref="NetError.PeerNotFound"/>, <see cref="NetError.NotAuthorized"/>,
    /// <see cref="NetError.VersionMismatch"/>, <see cref="NetError.Refused"/>.
    /// </exception>
    ValueTask<Link> GetLinkAsync(Peer peer, CancellationToken cancellationToken);
}
