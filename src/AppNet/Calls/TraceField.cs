using System.Diagnostics;
using System.Text;
using AppNet.Wire;

namespace AppNet.Calls;

/// <summary>W3C trace context in header fields. docs/protocol.md, section 6.4.</summary>
internal static class TraceField
{
    private const int TraceIdSize = 16;
    private const int SpanIdSize = 8;
    private const int Size = TraceIdSize + SpanIdSize + 1;

    /// <summary>Writes a span.</summary>
    /// <param name="fields">Where it goes.</param>
    /// <param name="activity">The span.</param>
    public static void Write(ref FieldWriter fields, Activity activity)
    {
        var value = fields.Add(FieldKind.TraceParent, Size);

        // Each wants room of exactly its size.
        activity.TraceId.CopyTo(value[..TraceIdSize]);
        activity.SpanId.CopyTo(value.Slice(TraceIdSize, SpanIdSize));
        value[Size - 1] = (byte)activity.ActivityTraceFlags;
        if (activity.TraceStateString is { Length: > 0 and <= FieldWriter.MaxTraceState } state && Ascii.IsValid(state))
        {
            fields.Add(FieldKind.TraceState, state);
        }
    }

    /// <summary>Reads a span.</summary>
    /// <param name="value">The field's value.</param>
    /// <param name="state">The trace state, or null.</param>
    /// <returns>The span, or nothing where the field is none.</returns>
    public static ActivityContext Read(ReadOnlySpan<byte> value, string? state) =>
        value.Length < Size
            ? default
            : new ActivityContext(
                ActivityTraceId.CreateFromBytes(value[..TraceIdSize]),
                ActivitySpanId.CreateFromBytes(value.Slice(TraceIdSize, SpanIdSize)),
                (ActivityTraceFlags)value[Size - 1],
                state,
                isRemote: true);
}
