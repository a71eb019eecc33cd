using System.Buffers.Binary;
using AppNet.Wire;

namespace AppNet.Events;

/// <summary>What an event's frame holds besides the number: encoded once, whoever gets it. docs/protocol.md, section 12.2.</summary>
/// <param name="payload">The arguments.</param>
/// <param name="flags">How they are laid out.</param>
/// <param name="trailingDefaults">How many of the last arguments are at their default.</param>
internal readonly ref struct EventContent(ReadOnlySpan<byte> payload, FrameFlags flags, int trailingDefaults)
{
    /// <summary>The most bytes that stand in front of the arguments.</summary>
    public const int MaxHead = FieldReader.PrefixSize + FieldReader.FieldPrefixSize + 1 + sizeof(long);

    /// <summary>Gets the arguments.</summary>
    public ReadOnlySpan<byte> Payload { get; } = payload;

    /// <summary>Gets the flags of the frame.</summary>
    public FrameFlags Flags { get; } = trailingDefaults > 0 ? flags | FrameFlags.Fields : flags;

    /// <summary>Gets how many of the last arguments are at their default.</summary>
    public int TrailingDefaults { get; } = trailingDefaults;

    /// <summary>Writes what stands in front of the arguments.</summary>
    /// <param name="destination">Where it goes: <see cref="MaxHead"/> bytes.</param>
    /// <param name="number">The event's number.</param>
    /// <returns>What was written.</returns>
    public ReadOnlySpan<byte> WriteHead(Span<byte> destination, long number)
    {
        var length = 0;
        if (TrailingDefaults > 0)
        {
            var fields = new FieldWriter(destination);
            fields.Add(FieldKind.TrailingDefaults, 1)[0] = (byte)Math.Min(TrailingDefaults, byte.MaxValue);
            length = fields.End().Length;
        }

        BinaryPrimitives.WriteInt64LittleEndian(destination[length..], number);
        return destination[..(length + sizeof(long))];
    }
}
