using System.Runtime.InteropServices;

namespace AppNet.Wire;

/// <summary>A value that is sent as the bytes it lies in memory as. docs/protocol.md, section 11.</summary>
/// <param name="Position">Which value it is: the index of the argument or of the item, 0 for a result.</param>
/// <param name="Kind">What its elements are.</param>
/// <param name="Source">The array that holds them: the user's own, so it is not to be used once the call that gave it has returned.</param>
/// <param name="Start">Where they begin, in bytes.</param>
/// <param name="Length">How many bytes they are.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RawSegment(ushort Position, RawKind Kind, Array Source, int Start, int Length)
{
    /// <summary>Gets the bytes.</summary>
    public ReadOnlySpan<byte> Bytes =>
        MemoryMarshal.CreateReadOnlySpan(ref MemoryMarshal.GetArrayDataReference(Source), Start + Length)[Start..];
}
