namespace AppNet.Wire;

/// <summary>A header field. docs/protocol.md, section 2.3. Kinds not listed here are skipped by a reader.</summary>
internal enum FieldKind : byte
{
    /// <summary>The time left until the deadline: milliseconds, 4 bytes.</summary>
    Deadline = 1,

    /// <summary>The caller's span: trace id (16 bytes), span id (8), trace flags (1), as W3C trace context has them.</summary>
    TraceParent = 2,

    /// <summary>The caller's W3C trace state, ASCII.</summary>
    TraceState = 3,

    /// <summary>How many of the last positional arguments are at their parameter's default: 1 byte.</summary>
    TrailingDefaults = 4,

    /// <summary>The tag itself, UTF-8, for a call whose tag has no number.</summary>
    Tag = 5,

    /// <summary>Why a stream ended: the number of a <see cref="NetError"/>, 2 bytes.</summary>
    Error = 6,

    /// <summary>How many parameters of the call are streams: 1 byte.</summary>
    Streams = 8,
}
