using System.Runtime.InteropServices;

namespace AppNet.Events;

/// <summary>An event that waits for its handler.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Payload">The arguments, in an array from the pool.</param>
/// <param name="Length">How many bytes of it are the arguments.</param>
/// <param name="Cost">What it takes of the credit.</param>
/// <param name="IsNamed">Whether some arguments are given by name.</param>
/// <param name="TrailingDefaults">How many of the last arguments are at their default.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ReceivedEvent(
    long Number, byte[] Payload, int Length, int Cost, bool IsNamed, byte TrailingDefaults);
