using System.Runtime.InteropServices;

namespace AppNet.Events;

/// <summary>An event on its way to the handler.</summary>
/// <param name="Inlet">How it came.</param>
/// <param name="Event">The event.</param>
/// <param name="Missed">How many were missed before it.</param>
/// <param name="HasRestarted">Whether the publisher has started anew since the one before.</param>
/// <param name="IsDuplicate">Whether it has been handled before, over another link.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Delivery(Inlet Inlet, ReceivedEvent Event, long Missed, bool HasRestarted, bool IsDuplicate);
