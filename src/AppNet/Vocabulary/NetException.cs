namespace AppNet;

/// <summary>A call, or the way to a peer, failed. <see cref="Error"/> says why and what is known about the function.</summary>
public class NetException : Exception
{
    internal NetException(NetError error, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Error = error;
    }

    /// <summary>Gets why the call failed.</summary>
    public NetError Error { get; }

    /// <summary>Gets what is known about the function: whether it has not, may have, or has run.</summary>
    public CallOutcome Outcome => Error.Outcome();
}
