namespace AppNet.Wire;

/// <summary>What a frame is. docs/protocol.md, section 3. Types not listed here are skipped by a reader.</summary>
internal enum FrameType : byte
{
    /// <summary>The dialling side's first frame. Section 4.</summary>
    Hello = 0x01,

    /// <summary>The accepting side's reply to <see cref="Hello"/>. Section 4.</summary>
    Welcome = 0x02,

    /// <summary>The dialling side proves itself and names itself. Section 4.</summary>
    Ready = 0x03,

    /// <summary>The accepting side names itself: the link is up. Section 4.</summary>
    Accept = 0x04,

    /// <summary>The handshake ends without a link. Section 4.</summary>
    Reject = 0x05,

    /// <summary>Asks for a <see cref="Pong"/>. Section 5.</summary>
    Ping = 0x08,

    /// <summary>Answers a <see cref="Ping"/>. Section 5.</summary>
    Pong = 0x09,

    /// <summary>The sender leaves, or gives up this link. Section 5.</summary>
    Goodbye = 0x0A,

    /// <summary>What the sender says of itself has changed. Section 5.4.</summary>
    Info = 0x0B,

    /// <summary>The sender's keys have been rotated. Section 14.2.</summary>
    Key = 0x0C,

    /// <summary>Gives a tag a number on this link. Section 6.</summary>
    Tag = 0x10,

    /// <summary>Asks to run a function. Section 6.</summary>
    Call = 0x11,

    /// <summary>A function's result. Section 7.</summary>
    Answer = 0x12,

    /// <summary>Why a call has no result. Section 7.</summary>
    Error = 0x13,

    /// <summary>The caller no longer waits. Section 7.</summary>
    Cancel = 0x14,

    /// <summary>An answer that is an instruction to the caller. Section 7.5.</summary>
    Flag = 0x15,

    /// <summary>Items of a stream. Section 9.2.</summary>
    Item = 0x20,

    /// <summary>More items may come. Section 9.4.</summary>
    Credit = 0x21,

    /// <summary>No more items come. Section 9.3.</summary>
    End = 0x22,

    /// <summary>No more items are wanted. Section 9.3.</summary>
    Stop = 0x23,

    /// <summary>Asks for the events of a name. Section 12.</summary>
    Subscribe = 0x30,

    /// <summary>Ends a subscription. Section 12.</summary>
    Unsubscribe = 0x31,

    /// <summary>An event. Section 12.</summary>
    Event = 0x32,

    /// <summary>What either side has to say of a subscription. Section 12.</summary>
    Notice = 0x33,

    /// <summary>More events may come. Section 12.</summary>
    Grant = 0x34,
}
