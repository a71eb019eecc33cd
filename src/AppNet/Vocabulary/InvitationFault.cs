namespace AppNet;

/// <summary>Why somebody could not join by an invitation.</summary>
public enum InvitationFault
{
    /// <summary>Nobody was reached at any of its addresses. Nothing is lost: it may be tried again.</summary>
    Unreachable,

    /// <summary>Whoever answers is not the one who invited, or its key has changed since. It was told nothing.</summary>
    NotTheInviter,

    /// <summary>The one who invited knows no such invitation: it is not its own, or it has been started anew since.</summary>
    Unknown,

    /// <summary>It has been used as often as it may be.</summary>
    Used,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>This host has failed too often, or the answer was none. It may be tried again after a minute.</summary>
    Refused,
}
