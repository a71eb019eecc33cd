namespace AppNet.Wire;

/// <summary>How a frame's content is laid out. docs/protocol.md, section 2.2.</summary>
[Flags]
internal enum FrameFlags : byte
{
    /// <summary>The content is the payload.</summary>
    None = 0,

    /// <summary>The content begins with a block of header fields.</summary>
    Fields = 0x01,

    /// <summary>The last element of a call's arguments is the object of the named ones.</summary>
    Named = 0x02,

    /// <summary>In <see cref="FrameType.Ping"/> and <see cref="FrameType.Pong"/>: a debugger is attached to the sender.</summary>
    Debugger = 0x04,

    /// <summary>The payload has raw segments. Section 11.</summary>
    Raw = 0x10,

    /// <summary>In frames of streams: the id is that of a call which the receiver of the frame has made. Section 9.1.</summary>
    Theirs = 0x20,
}
