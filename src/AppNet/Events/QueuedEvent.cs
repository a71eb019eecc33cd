using AppNet.Wire;

namespace AppNet.Events;

/// <summary>An event that some subscribers' queues hold. One object for all of them; never changes.</summary>
internal sealed class QueuedEvent
{
    /// <summary>Keeps an event.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="head">What stands in front of the arguments.</param>
    /// <param name="content">The rest, which is copied.</param>
    public QueuedEvent(long number, ReadOnlySpan<byte> head, in EventContent content)
    {
        Number = number;
        Flags = content.Flags;
        Bytes = new byte[head.Length + content.Payload.Length];
        head.CopyTo(Bytes);
        content.Payload.CopyTo(Bytes.AsSpan(head.Length));
    }

    /// <summary>Gets the event's number.</summary>
    public long Number { get; }

    /// <summary>Gets the flags of its frame.</summary>
    public FrameFlags Flags { get; }

    /// <summary>Gets the content of its frame.</summary>
    public byte[] Bytes { get; }
}
