using System.Diagnostics;

namespace AppNet.Load.Events;

/// <summary>
/// What an event carries: one int, made of the event's number (its last 10 bits) and the time at which its batch was raised, in
/// microseconds (21 bits, so that it means the same for two seconds).
/// </summary>
internal static class EventNumber
{
    private const int NumberBits = 10;
    private const int NumberMask = (1 << NumberBits) - 1;
    private const int TimeMask = (1 << 21) - 1;

    /// <summary>Makes the int of an event.</summary>
    /// <param name="number">The event's number, from 0.</param>
    /// <param name="raised">When, as a <see cref="Stopwatch"/> timestamp, which all processes of a machine share.</param>
    /// <returns>The int, never negative.</returns>
    public static int Pack(long number, long raised) =>
        ((int)(Microseconds(raised) & TimeMask) << NumberBits) | (int)(number & NumberMask);

    /// <summary>Says whether an int is that of the event with a number.</summary>
    /// <param name="value">The int.</param>
    /// <param name="number">The number.</param>
    /// <returns>Whether it is, or that of an event a multiple of 1,024 away: those the sum over all events finds.</returns>
    public static bool IsOf(int value, long number) => (value & NumberMask) == (number & NumberMask);

    /// <summary>Computes how long an event was on its way.</summary>
    /// <param name="value">Its int.</param>
    /// <param name="delivered">When it was delivered, as a <see cref="Stopwatch"/> timestamp.</param>
    /// <returns>The time in microseconds.</returns>
    public static long Delay(int value, long delivered) => (Microseconds(delivered) - (value >> NumberBits)) & TimeMask;

    private static long Microseconds(long timestamp) => timestamp / (Stopwatch.Frequency / 1_000_000);
}
