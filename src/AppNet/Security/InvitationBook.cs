using System.Net;
using System.Security.Cryptography;

namespace AppNet.Security;

/// <summary>
/// The invitations of one peer, found by the hash of their secret. One that is used or has expired is remembered for a day, so that
/// who comes late learns why. Safe for use from many threads.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class InvitationBook(TimeProvider time)
{
    private const int MaxInvitations = 1000;

    private static readonly TimeSpan Memory = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();

    // Guarded by _gate.
    private readonly Dictionary<string, Invitation> _invitations = new(StringComparer.Ordinal);

    /// <summary>Makes an invitation.</summary>
    /// <param name="fingerprint">The fingerprint of what this peer shows.</param>
    /// <param name="endPoints">Where it listens.</param>
    /// <param name="uses">How many may join.</param>
    /// <param name="validFor">How long.</param>
    /// <returns>The invitation.</returns>
    /// <exception cref="InvalidOperationException">There are too many.</exception>
    public Invitation Add(byte[] fingerprint, IReadOnlyList<IPEndPoint> endPoints, int uses, TimeSpan validFor)
    {
        var secret = RandomNumberGenerator.GetBytes(InvitationText.SecretSize);
        var now = time.GetUtcNow();
        var invitation = new Invitation(new InvitationText(secret, fingerprint, endPoints), now + validFor, uses);
        lock (_gate)
        {
            foreach (var forgotten in _invitations.Where(pair => pair.Value.ExpiresAt + Memory < now).Select(pair => pair.Key).ToArray())
            {
                _ = _invitations.Remove(forgotten);
            }

            if (_invitations.Count >= MaxInvitations)
            {
                throw new InvalidOperationException($"There are {MaxInvitations} invitations of the last day. One of several uses serves many hosts.");
            }

            _invitations.Add(NameOf(secret), invitation);
        }

        return invitation;
    }

    /// <summary>Uses an invitation once.</summary>
    /// <param name="secret">The secret that somebody gives.</param>
    /// <returns>Why it can't be; null: it was.</returns>
    public InvitationFault? Use(ReadOnlySpan<byte> secret)
    {
        Invitation? invitation;
        lock (_gate)
        {
            invitation = _invitations.GetValueOrDefault(NameOf(secret));
        }

        return invitation is null ? InvitationFault.Unknown : invitation.Use(time.GetUtcNow());
    }

    // The time that a look-up takes tells at most something of a hash.
    private static string NameOf(ReadOnlySpan<byte> secret) => Convert.ToHexString(SHA256.HashData(secret));
}
