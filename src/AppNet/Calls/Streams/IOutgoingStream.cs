namespace AppNet.Calls;

/// <summary>A stream that this side sends, as the frames about it find it. On the read loop; runs no user code.</summary>
internal interface IOutgoingStream
{
    /// <summary>More may be sent.</summary>
    /// <param name="bytes">How much.</param>
    void OnCredit(uint bytes);

    /// <summary>Nothing more is wanted, or the call is over.</summary>
    void Stop();
}
