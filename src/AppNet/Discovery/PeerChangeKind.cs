namespace AppNet;

/// <summary>What happened to a peer.</summary>
public enum PeerChangeKind
{
    /// <summary>The peer is there: it came, or was there when watching began.</summary>
    Joined,

    /// <summary>The peer says other things of itself than before: another group, role or value.</summary>
    Changed,

    /// <summary>The peer went in good order: it said so, or is no longer listed.</summary>
    Left,

    /// <summary>The peer went without a word: its link broke or fell silent.</summary>
    Lost,
}
