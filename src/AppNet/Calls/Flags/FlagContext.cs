namespace AppNet;

/// <summary>What the handler of a flag may know of the call that was answered with it.</summary>
public sealed class FlagContext
{
    internal FlagContext(string name, string connection, Peer? peer)
    {
        Name = name;
        Connection = connection;
        Peer = peer;
    }

    /// <summary>Gets the flag's name.</summary>
    public string Name { get; }

    /// <summary>Gets the tag of the function that was asked for.</summary>
    public string Connection { get; }

    /// <summary>Gets the peer that answered, or null when the function ran in this process without the wire.</summary>
    public Peer? Peer { get; }

    /// <summary>Gets what the peer says of itself, or null when the function ran in this process without the wire.</summary>
    public PeerInfo? PeerInfo => Peer?.Info;
}
