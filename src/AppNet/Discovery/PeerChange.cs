namespace AppNet;

/// <summary>One change among the peers that are known.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Info">What the peer says of itself; for one that is gone, what it said last.</param>
public sealed record PeerChange(PeerChangeKind Kind, PeerInfo Info)
{
    /// <summary>Returns the change as text in one line.</summary>
    /// <returns>Kind and id.</returns>
    public override string ToString() => $"{Kind}: {Info.Id.ToFriendlyString()}";
}
