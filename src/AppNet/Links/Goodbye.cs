namespace AppNet.Links;

/// <summary>Why a side leaves a link. The codes of docs/protocol.md, section 5.2.</summary>
internal enum Goodbye : ushort
{
    /// <summary>The peer stops. It takes no call after the one it names.</summary>
    Stopping = 1,

    /// <summary>Another link to the same peer is kept. Calls that are sent before the other side's own goodbye are still taken.</summary>
    Duplicate = 2,

    /// <summary>The other side did what the protocol does not allow.</summary>
    ProtocolError = 3,

    /// <summary>The other side went beyond a bound.</summary>
    LimitExceeded = 4,
}
