using System.Buffers.Binary;
using System.Diagnostics;
using AppNet.Wire;

namespace AppNet.Calls;

/// <summary>What a call sends, apart from its number and its tag.</summary>
internal readonly ref struct CallRequest
{
    /// <summary>The longest deadline in milliseconds: what a timer takes.</summary>
    public const uint MaxDeadline = uint.MaxValue - 1;

    /// <summary>Gets the encoded arguments.</summary>
    public required ReadOnlySpan<byte> Payload { get; init; }

    /// <summary>Gets those that go raw.</summary>
    public ReadOnlySpan<RawSegment> Segments { get; init; }

    /// <summary>Gets how they are laid out.</summary>
    public FrameFlags Flags { get; init; }

    /// <summary>Gets how many of them are streams.</summary>
    public int Streams { get; init; }

    /// <summary>Gets how many of the last positional arguments are at their default.</summary>
    public int TrailingDefaults { get; init; }

    /// <summary>Gets the time left until the deadline, or null.</summary>
    public TimeSpan? TimeLeft { get; init; }

    /// <summary>Gets the span that the call belongs to, or null.</summary>
    public Activity? Activity { get; init; }

    /// <summary>Writes the header fields.</summary>
    /// <param name="fields">Where they go.</param>
    /// <param name="tag">The tag, when it has no number.</param>
    public void WriteFields(ref FieldWriter fields, string? tag)
    {
        if (tag is not null)
        {
            fields.Add(FieldKind.Tag, tag);
        }

        if (TrailingDefaults > 0)
        {
            fields.Add(FieldKind.TrailingDefaults, 1)[0] = (byte)Math.Min(TrailingDefaults, byte.MaxValue);
        }

        if (Streams > 0)
        {
            fields.Add(FieldKind.Streams, 1)[0] = (byte)Streams;
        }

        if (TimeLeft is { } left)
        {
            // Rounded up: what is left of a millisecond is no reason to be late.
            var milliseconds = (uint)Math.Clamp(Math.Ceiling(left.TotalMilliseconds), 1, MaxDeadline);
            BinaryPrimitives.WriteUInt32LittleEndian(fields.Add(FieldKind.Deadline, sizeof(uint)), milliseconds);
        }

        if (Activity is { IdFormat: ActivityIdFormat.W3C } activity)
        {
            TraceField.Write(ref fields, activity);
        }
    }
}
