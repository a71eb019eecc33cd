using System.Buffers.Binary;

namespace AppNet.Load.Systems.Raw;

/// <summary>A frame: four bytes little-endian length of the body, then the body.</summary>
internal static class RawFrame
{
    /// <summary>The length's own length.</summary>
    public const int HeaderLength = sizeof(int);

    /// <summary>A frame of two numbers.</summary>
    public const int AddLength = HeaderLength + (2 * sizeof(int));

    /// <summary>A frame of one number.</summary>
    public const int EventLength = HeaderLength + sizeof(int);

    /// <summary>Writes a frame of one number.</summary>
    /// <param name="target">At least <see cref="EventLength"/> bytes.</param>
    /// <param name="value">The number.</param>
    public static void WriteEvent(Span<byte> target, int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(target, sizeof(int));
        BinaryPrimitives.WriteInt32LittleEndian(target[HeaderLength..], value);
    }

    /// <summary>Reads the number of a frame.</summary>
    /// <param name="frame">At least the frame.</param>
    /// <returns>The number.</returns>
    public static int ReadEvent(ReadOnlySpan<byte> frame) => BinaryPrimitives.ReadInt32LittleEndian(frame[HeaderLength..]);

    /// <summary>Writes a frame of two numbers.</summary>
    /// <param name="target">At least <see cref="AddLength"/> bytes.</param>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static void WriteAdd(Span<byte> target, int left, int right)
    {
        BinaryPrimitives.WriteInt32LittleEndian(target, AddLength - HeaderLength);
        BinaryPrimitives.WriteInt32LittleEndian(target[HeaderLength..], left);
        BinaryPrimitives.WriteInt32LittleEndian(target[(HeaderLength + sizeof(int))..], right);
    }

    /// <summary>Adds the two numbers of a frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <returns>The sum.</returns>
    public static int ReadSum(ReadOnlySpan<byte> frame) =>
        BinaryPrimitives.ReadInt32LittleEndian(frame[HeaderLength..])
        + BinaryPrimitives.ReadInt32LittleEndian(frame[(HeaderLength + sizeof(int))..]);

    /// <summary>Makes a whole frame.</summary>
    /// <param name="body">The body.</param>
    /// <returns>The frame.</returns>
    public static byte[] Create(ReadOnlySpan<byte> body)
    {
        var frame = new byte[HeaderLength + body.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, body.Length);
        body.CopyTo(frame.AsSpan(HeaderLength));
        return frame;
    }

    /// <summary>Measures the complete frames at the beginning of what was received.</summary>
    /// <param name="received">What was received.</param>
    /// <param name="needed">The length of the frame that is not complete yet; at least a header's.</param>
    /// <returns>The length of all complete frames together.</returns>
    public static int MeasureComplete(ReadOnlySpan<byte> received, out int needed)
    {
        var complete = 0;
        needed = HeaderLength;
        while (received.Length - complete >= HeaderLength)
        {
            needed = HeaderLength + BinaryPrimitives.ReadInt32LittleEndian(received[complete..]);
            if (received.Length - complete < needed)
            {
                break;
            }

            complete += needed;
            needed = HeaderLength;
        }

        return complete;
    }
}
