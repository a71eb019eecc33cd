namespace AppNet;

/// <summary>
/// A function failed with an exception on the peer that ran it. Thrown as it is when the exception's type is not one
/// that is rebuilt here; else it is the inner exception of the rebuilt one.
/// </summary>
/// <remarks>Its message is made for people; <see cref="RemoteType"/> and its neighbours are the facts.</remarks>
public sealed class RemoteException : NetException
{
    /// <summary>Makes the failure of a function, as the library does; for tests.</summary>
    /// <param name="remoteType">The full name of the exception's type on the peer.</param>
    /// <param name="remoteMessage">The exception's own message.</param>
    /// <param name="remoteStackTrace">The stack trace on the peer, or null.</param>
    /// <param name="peer">The peer that ran the function, or null.</param>
    public RemoteException(string remoteType, string remoteMessage, string? remoteStackTrace = null, PeerId? peer = null)
        : this(new RemoteError(remoteType, remoteMessage, remoteStackTrace), peer)
    {
    }

    internal RemoteException(RemoteError error, PeerId? peer)
        : base(NetError.RemoteFailure, Describe(error, peer), error.Inner is { } inner ? new RemoteException(inner, peer) : null)
    {
        RemoteType = error.Type;
        RemoteMessage = error.Message;
        RemoteStackTrace = error.StackTrace;
        Peer = peer;
    }

    /// <summary>Gets the full name of the exception's type on the peer, as data: no type is ever looked up by it.</summary>
    public string RemoteType { get; }

    /// <summary>Gets the exception's own message.</summary>
    public string RemoteMessage { get; }

    /// <summary>Gets the stack trace on the peer, or null when the peer gave none.</summary>
    public string? RemoteStackTrace { get; }

    /// <summary>Gets the peer that ran the function, or null when the function ran in this process without a peer.</summary>
    public PeerId? Peer { get; }

    /// <summary>Returns the exception with both stacks: the peer's, where the function failed, and the one here.</summary>
    /// <returns>The text.</returns>
    public override string ToString() =>
        RemoteStackTrace is null ? base.ToString() : $"{base.ToString()}{Environment.NewLine}--- on the peer ---{Environment.NewLine}{RemoteStackTrace}";

    private static string Describe(RemoteError error, PeerId? peer) =>
        peer is { } id ? $"{error.Type} on peer {id.ToFriendlyString()}: {error.Message}" : $"{error.Type}: {error.Message}";
}
