using AppNet.Security;

namespace AppNet;

/// <summary>
/// What lets other hosts join: a line to be given to them, for so many of them and so long. It is kept in the memory of the peer that
/// invites and ends with that one, too. Safe for use from many threads.
/// </summary>
public sealed class Invitation
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();

    // Guarded by _gate.
    private int _usesLeft;

    // Guarded by _gate.
    private bool _isWithdrawn;

    internal Invitation(InvitationText text, DateTimeOffset expiresAt, int uses)
    {
        Text = text.Write();
        ExpiresAt = expiresAt;
        _usesLeft = uses;
    }

    /// <summary>Gets the line. Who has it can join: hand it over as you would a password.</summary>
    public string Text { get; }

    /// <summary>Gets when it expires.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>Gets how many hosts can still join by it.</summary>
    public int UsesLeft
    {
        get
        {
            lock (_gate)
            {
                return _isWithdrawn ? 0 : _usesLeft;
            }
        }
    }

    /// <summary>Gets a task that ends when it has been used as often as it may be, or is withdrawn. It doesn't end when its time is over.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Lets nobody join by it any more.</summary>
    public void Withdraw()
    {
        lock (_gate)
        {
            _isWithdrawn = true;
        }

        _ = _ended.TrySetResult();
    }

    /// <summary>Returns the form for logs, without the line.</summary>
    /// <returns>How many may join, until when.</returns>
    public override string ToString() => $"an invitation for {UsesLeft}, until {ExpiresAt:u}";

    /// <summary>Uses it once.</summary>
    /// <param name="now">The time.</param>
    /// <returns>Why it can't be; null: it was.</returns>
    internal InvitationFault? Use(DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_isWithdrawn || _usesLeft == 0)
            {
                return InvitationFault.Used;
            }

            if (now >= ExpiresAt)
            {
                return InvitationFault.Expired;
            }

            if (--_usesLeft > 0)
            {
                return null;
            }
        }

        _ = _ended.TrySetResult();
        return null;
    }
}
