using System.Buffers;
using System.Runtime.InteropServices;
using AppNet.Wire;

namespace AppNet.Calls;

/// <summary>The payload of a frame of items that waits to be read, in rented memory.</summary>
/// <param name="Array">The memory.</param>
/// <param name="Length">How much of it is the payload.</param>
/// <param name="IsRaw">Whether it has raw segments.</param>
/// <param name="Cost">What it takes of the credit.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ReceivedItems(byte[] Array, int Length, bool IsRaw, int Cost)
{
    /// <summary>Gets the payload.</summary>
    public ReadOnlySpan<byte> Payload => Array.AsSpan(0, Length);

    /// <summary>Copies a frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <returns>The copy, to be given back by <see cref="Return"/>.</returns>
    public static ReceivedItems Copy(in Frame frame)
    {
        var array = ArrayPool<byte>.Shared.Rent(frame.Payload.Length);
        frame.Payload.CopyTo(array);
        return new ReceivedItems(array, frame.Payload.Length, (frame.Header.Flags & FrameFlags.Raw) != 0, (int)frame.Header.Length);
    }

    /// <summary>Gives the memory back.</summary>
    public void Return() => ArrayPool<byte>.Shared.Return(Array);
}
