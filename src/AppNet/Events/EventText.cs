using System.Text;

namespace AppNet.Events;

/// <summary>Text for people in the frames of subscriptions.</summary>
internal static class EventText
{
    /// <summary>Reads what somebody else wrote.</summary>
    /// <param name="text">The text.</param>
    /// <returns>It, cut off where it is too long.</returns>
    public static string Read(ReadOnlySpan<byte> text) =>
        Encoding.UTF8.GetString(text[..Math.Min(text.Length, EventLimits.NoticeText)]);

    /// <summary>Writes text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="destination">Where it goes; what does not fit is cut off.</param>
    /// <returns>How many bytes were written.</returns>
    public static int Write(string text, Span<byte> destination)
    {
        Encoding.UTF8.GetEncoder().Convert(text, destination, flush: true, out _, out var written, out _);
        return written;
    }
}
