using AppNet.Transport;

namespace AppNet.Peers;

/// <summary>One peer's place at its home: it listens there. Disposing it ends that and takes the peer off the list.</summary>
internal interface IPlace : IDisposable
{
    /// <summary>Gets the address in the peer's id.</summary>
    PeerAddress Address { get; }

    /// <summary>Gets the listeners. Whoever runs them ends with their disposal.</summary>
    IReadOnlyList<IDuplexListener> Listeners { get; }

    /// <summary>Gets what others must prove to know; null where the way itself is proof enough.</summary>
    byte[]? Secret { get; }

    /// <summary>Lists the peer for others, or what it now says of itself.</summary>
    /// <param name="info">What it says.</param>
    void Publish(PeerInfo info);

    /// <summary>Keeps the peer's entry from being cleaned away as old. Called once a day.</summary>
    /// <param name="now">The time.</param>
    void Renew(DateTimeOffset now);

    /// <summary>Takes the peer off the list; it still listens.</summary>
    void Unlist();
}
