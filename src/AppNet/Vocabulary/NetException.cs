namespace AppNet;

/// <summary>A call, or the way to a peer, failed. <see cref="Error"/> says why and what is known about the function.</summary>
public class NetException : Exception
{
    /// <summary>Makes a failure, as the library does; for tests, and for what stands in for a peer.</summary>
    /// <param name="error">Why the call failed.</param>
    /// <param name="message">What failed, for people.</param>
    /// <param name="innerException">What led to it, or null.</param>
    public NetException(NetError error, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Error = error;
    }

    /// <summary>Gets why the call failed.</summary>
    public NetError Error { get; }

    /// <summary>Gets what is known about the function: whether it has not, may have, or has run.</summary>
    public CallOutcome Outcome => Error.Outcome();
}
