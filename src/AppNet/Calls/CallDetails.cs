using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using AppNet.Wire;

namespace AppNet.Calls;

/// <summary>The header fields of a call. docs/protocol.md, section 6.2.</summary>
internal readonly ref struct CallDetails
{
    /// <summary>Gets the tag, when it came with the call.</summary>
    public ReadOnlySpan<byte> Tag { get; private init; }

    /// <summary>Gets how the arguments are laid out: whether some are named, and whether some are raw.</summary>
    public FrameFlags Layout { get; private init; }

    /// <summary>Gets how many of the last positional arguments are at their default.</summary>
    public int TrailingDefaults { get; private init; }

    /// <summary>Gets whether the last element of the arguments holds the named ones.</summary>
    public bool IsNamed => (Layout & FrameFlags.Named) != 0;

    /// <summary>Gets how many parameters are streams.</summary>
    public int Streams { get; private init; }

    /// <summary>Gets the time left until the caller gives up, or null.</summary>
    public TimeSpan? TimeLeft { get; private init; }

    /// <summary>Gets the caller's span, or nothing.</summary>
    public ActivityContext Parent { get; private init; }

    /// <summary>Reads the fields.</summary>
    /// <param name="frame">The call.</param>
    /// <returns>The details.</returns>
    /// <exception cref="ProtocolException">A field is malformed.</exception>
    public static CallDetails Read(in Frame frame)
    {
        var layout = frame.Header.Flags & (FrameFlags.Named | FrameFlags.Raw);
        return frame.Fields.IsEmpty ? new CallDetails { Layout = layout } : ReadFields(in frame, layout);
    }

    private static CallDetails ReadFields(in Frame frame, FrameFlags layout)
    {
        ReadOnlySpan<byte> tag = default;
        ReadOnlySpan<byte> traceParent = default;
        string? traceState = null;
        TimeSpan? timeLeft = null;
        var trailingDefaults = 0;
        var streams = 0;
        var fields = new FieldReader(frame.Fields);
        while (fields.Read())
        {
            switch (fields.Kind)
            {
                case FieldKind.Tag:
                    tag = fields.Value;
                    break;
                case FieldKind.TrailingDefaults when fields.Value.Length == 1:
                    trailingDefaults = fields.Value[0];
                    break;
                case FieldKind.Streams when fields.Value.Length == 1:
                    streams = fields.Value[0];
                    break;
                case FieldKind.Deadline when fields.Value.Length == sizeof(uint):
                    timeLeft = TimeSpan.FromMilliseconds(
                        Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(fields.Value), CallRequest.MaxDeadline));
                    break;
                case FieldKind.TraceParent:
                    traceParent = fields.Value;
                    break;
                case FieldKind.TraceState when fields.Value.Length <= FieldWriter.MaxTraceState:
                    traceState = Encoding.ASCII.GetString(fields.Value);
                    break;
                default:
                    // Unknown fields are skipped: section 2.3.
                    break;
            }
        }

        return new CallDetails
        {
            Tag = tag,
            Layout = layout,
            TrailingDefaults = trailingDefaults,
            Streams = streams,
            TimeLeft = timeLeft,
            Parent = traceParent.IsEmpty ? default : TraceField.Read(traceParent, traceState),
        };
    }
}
