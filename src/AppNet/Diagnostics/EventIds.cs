namespace AppNet.Diagnostics;

/// <summary>
/// Where each folder's block of one hundred log event ids begins. A folder's <c>Log</c> writes its ids as an offset from
/// its block: <c>EventIds.Links + 3</c>. An id is never used again; retired ones are listed in the architecture tests.
/// </summary>
internal static class EventIds
{
    /// <summary>Bytes to and from a network: 100 to 199.</summary>
    public const int Transport = 100;

    /// <summary>Links to peers, their handshake and their end: 200 to 299.</summary>
    public const int Links = 200;

    /// <summary>Functions offered, and the binding of arguments: 300 to 399.</summary>
    public const int Connections = 300;

    /// <summary>Calls and their answers: 400 to 499.</summary>
    public const int Calls = 400;

    /// <summary>Events and subscriptions: 500 to 599.</summary>
    public const int Events = 500;

    /// <summary>Who is found, and how: 600 to 699.</summary>
    public const int Discovery = 600;

    /// <summary>A peer's start, drain and stop: 700 to 799.</summary>
    public const int Peers = 700;

    /// <summary>Dependency injection and options: 800 to 899.</summary>
    public const int Hosting = 800;

    /// <summary>The wires of the Python peers: 900 to 999.</summary>
    public const int Python = 900;

    /// <summary>Keys, proofs over a network, and invitations: 1000 to 1099.</summary>
    public const int Security = 1000;
}
