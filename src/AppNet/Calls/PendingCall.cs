using System.Diagnostics;
using AppNet.Wire;

namespace AppNet.Calls;

/// <summary>
/// A call that waits for its answer. Whoever takes it out of its <see cref="CallTable"/> ends it, and nobody else: so it ends exactly
/// once.
/// </summary>
internal abstract class PendingCall
{
    /// <summary>Gets or sets the call's number on its link. Set under the table's lock.</summary>
    public uint Id { get; set; }

    /// <summary>Gets the tag that was called.</summary>
    public string Tag { get; private protected set; } = "";

    /// <summary>Gets what was called, for logs and messages: the tag, unless it calls back.</summary>
    public string Name { get; private protected set; } = "";

    /// <summary>Gets whether it calls back: it belongs to a call that the other side waits for.</summary>
    public bool IsCallback => CallbackTag.Is(Tag);

    /// <summary>Gets or sets the callbacks that it gives to the other side, or null. Set before it is sent.</summary>
    public GivenCallbacks? Callbacks { get; set; }

    /// <summary>Gets or sets the call's streams; null when it has none.</summary>
    public CallStreams? Streams { get; set; }

    /// <summary>Gets or sets when the call began, in ticks of <see cref="SlowCallWatch"/>.</summary>
    public int BeganAtTick { get; set; }

    /// <summary>Gets or sets whether it has been reported as taking long. Used by the watch alone.</summary>
    public bool IsReported { get; set; }

    /// <summary>Gets or sets the call's span, when somebody listens.</summary>
    public Activity? Activity { get; set; }

    /// <summary>Gets or sets when the call began, as a timestamp, when somebody measures; else 0.</summary>
    public long BeganAt { get; set; }

    /// <summary>Reads the call's result.</summary>
    /// <param name="answer">The frame.</param>
    /// <returns>Null; else why it can't be read, with which the call then fails.</returns>
    public abstract NetException? Read(in Frame answer);

    /// <summary>Ends the call with the result that was read. On the read loop, where what awaits the call goes on.</summary>
    public abstract void Complete();

    /// <summary>Ends the call with a flag, whose handler runs where the call is awaited. On the read loop, as an answer.</summary>
    /// <param name="flag">The flag.</param>
    public abstract void Raise(string flag);

    /// <summary>Ends the call with an error.</summary>
    /// <param name="exception">The error.</param>
    /// <param name="inline">Whether what awaits the call goes on here, or on the thread pool.</param>
    public abstract void Fail(Exception exception, bool inline);
}
