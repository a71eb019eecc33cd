using System.Diagnostics.CodeAnalysis;

namespace AppNet;

/// <summary>
/// Why a call did not end with a value. Each value says what is known about the function on the other side: that it
/// <b>has not</b> run, <b>may have</b> run, or <b>has</b> run. See <see cref="NetErrorExtensions.Outcome"/>.
/// </summary>
[SuppressMessage("Design", "CA1008:Enums should have zero value", Justification = "There is no failed call without an error.")]
public enum NetError
{
    /// <summary>No peer with this id or address could be reached. The function has not run.</summary>
    PeerNotFound = 1,

    /// <summary>The peer takes no calls, or no longer: it drains. The function has not run.</summary>
    Refused = 2,

    /// <summary>The peer does not know this caller, or does not let it call. The function has not run.</summary>
    NotAuthorized = 3,

    /// <summary>The peer has no function under this tag. The function has not run.</summary>
    NoSuchConnection = 4,

    /// <summary>An argument is missing, unknown, given twice, or can't be converted. The function has not run.</summary>
    BadArguments = 5,

    /// <summary>The arguments are larger than a message may be. The function has not run.</summary>
    TooLarge = 6,

    /// <summary>The peer runs as many calls as it is willing to. The function has not run.</summary>
    Overloaded = 7,

    /// <summary>The two peers have no version of the protocol in common. The function has not run.</summary>
    VersionMismatch = 8,

    /// <summary>The link to the peer ended before the answer arrived. The function may have run.</summary>
    PeerLost = 9,

    /// <summary>The deadline passed before the answer arrived. The function may have run.</summary>
    TimedOut = 10,

    /// <summary>The function ended with an exception of its own. The function has run.</summary>
    RemoteFailure = 11,

    /// <summary>
    /// The function's result can't be written, is too large to send, or can't be read as the type asked for. The
    /// function has run.
    /// </summary>
    BadResult = 12,
}
