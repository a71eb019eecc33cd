namespace AppNet.Peers;

/// <summary>What a peer says of itself, from the moment at which others may ask. Written by its running peer, read by any thread.</summary>
internal sealed class SelfInfo
{
    private volatile PeerInfo? _current;

    /// <summary>Gets or sets what it says.</summary>
    /// <exception cref="InvalidOperationException">The peer has not started.</exception>
    public PeerInfo Current
    {
        get => _current ?? throw new InvalidOperationException("The peer has not started. Call StartAsync first.");
        set => _current = value;
    }
}
