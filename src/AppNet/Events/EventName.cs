using System.Text;

namespace AppNet.Events;

/// <summary>What an event's name may be. docs/protocol.md, section 12.</summary>
internal static class EventName
{
    /// <summary>The longest name, in bytes of UTF-8.</summary>
    public const int MaxLength = 512;

    /// <summary>Checks a name that a user gave.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">It is empty or too long.</exception>
    public static void Check(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);

        // No character takes more than three bytes.
        if (name.Length > MaxLength / 3 && Encoding.UTF8.GetByteCount(name) is > MaxLength and var length)
        {
            throw new ArgumentException($"An event's name has at most {MaxLength} bytes of UTF-8, this one {length}.", nameof(name));
        }
    }
}
