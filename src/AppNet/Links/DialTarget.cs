using AppNet.Transport;

namespace AppNet.Links;

/// <summary>Whom to dial, where, and what proves it.</summary>
/// <param name="Id">The peer that is meant.</param>
/// <param name="Address">Where it listens.</param>
/// <param name="Instance">Its instance, when a directory gave it.</param>
/// <param name="Secret">The secret that both sides prove to know; null where none is known.</param>
/// <param name="NeedsProof">Whether a peer that can't prove itself is left before anything is told to it.</param>
internal sealed record DialTarget(PeerId Id, TransportAddress Address, Guid? Instance, byte[]? Secret, bool NeedsProof = false)
{
    /// <summary>Gets how long it may take to answer, when that is less than a handshake may take; null: as long.</summary>
    public TimeSpan? Limit { get; init; }

    /// <summary>Returns the target without its secret.</summary>
    /// <returns>The peer and the address.</returns>
    public override string ToString() => $"{Id.ToFriendlyString()} at {Address}";
}
