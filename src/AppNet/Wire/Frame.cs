using System.Buffers.Binary;

namespace AppNet.Wire;

/// <summary>One received frame. Its memory is valid only while it is handled.</summary>
internal readonly ref struct Frame
{
    /// <summary>Takes a frame apart.</summary>
    /// <param name="header">The header.</param>
    /// <param name="content">What followed it: exactly <see cref="FrameHeader.Length"/> bytes.</param>
    /// <exception cref="ProtocolException">The block of header fields is longer than the frame.</exception>
    public Frame(FrameHeader header, ReadOnlySpan<byte> content)
    {
        Header = header;
        if ((header.Flags & FrameFlags.Fields) == 0)
        {
            Payload = content;
            return;
        }

        var length = content.Length < FieldReader.PrefixSize ? -1 : BinaryPrimitives.ReadUInt16LittleEndian(content);
        if (length < 0 || FieldReader.PrefixSize + length > content.Length)
        {
            throw new ProtocolException($"A frame of type {header.Type} is shorter than its header fields.");
        }

        Fields = content.Slice(FieldReader.PrefixSize, length);
        Payload = content[(FieldReader.PrefixSize + length)..];
    }

    /// <summary>Gets the header.</summary>
    public FrameHeader Header { get; }

    /// <summary>Gets the block of header fields, without its length; empty when there is none.</summary>
    public ReadOnlySpan<byte> Fields { get; }

    /// <summary>Gets what the frame carries.</summary>
    public ReadOnlySpan<byte> Payload { get; }
}
