namespace AppNet.Links;

/// <summary>A handshake that was accepted gave no link.</summary>
internal sealed class HandshakeException : IOException
{
    /// <summary>A handshake that ends with a reason for the other side.</summary>
    /// <param name="error">What the other side learns.</param>
    /// <param name="message">Why, for both sides.</param>
    public HandshakeException(NetError error, string message)
        : base(message)
    {
        Error = error;
        TellsOtherSide = true;
    }

    /// <summary>A stranger that would not understand a reason.</summary>
    /// <param name="message">Why, for the log.</param>
    public HandshakeException(string message)
        : base(message)
    {
        Error = NetError.Refused;
    }

    /// <summary>Gets what the other side learns.</summary>
    public NetError Error { get; }

    /// <summary>Gets whether the other side is told.</summary>
    public bool TellsOtherSide { get; }
}
