namespace AppNet.Peers;

/// <summary>One peer's place at its home: it listens there. Disposing it ends that and takes the peer off the list.</summary>
internal interface IPlace : IDisposable
{
    /// <summary>Gets the address in the peer's id.</summary>
    PeerAddress Address { get; }

    /// <summary>Gets the ways in. Whoever runs their listeners ends with their disposal.</summary>
    IReadOnlyList<Entrance> Entrances { get; }

    /// <summary>Gets what knows the keys and the way to other hosts; null where there are no other hosts.</summary>
    HostNetwork? Network { get; }

    /// <summary>Begins to listen for other hosts, if it may and does not yet. <see cref="Address"/> is then the one that they know.</summary>
    /// <returns>The further ways in.</returns>
    /// <exception cref="IOException">The peer's port is taken there.</exception>
    IReadOnlyList<Entrance> OpenNetwork();

    /// <summary>Lists the peer for others, or what it now says of itself.</summary>
    /// <param name="info">What it says.</param>
    void Publish(PeerInfo info);

    /// <summary>Keeps the peer's entry from being cleaned away as old. Called once a day.</summary>
    /// <param name="now">The time.</param>
    void Renew(DateTimeOffset now);

    /// <summary>Takes the peer off the list; it still listens.</summary>
    void Unlist();
}
