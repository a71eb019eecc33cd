using System.Text;

namespace AppNet.Connections;

/// <summary>What a tag may be. See docs/protocol.md, section 6.1.</summary>
internal static class ConnectionTag
{
    /// <summary>The longest tag, in bytes of UTF-8.</summary>
    public const int MaxLength = 512;

    /// <summary>Checks a tag that a user gave.</summary>
    /// <param name="tag">The tag.</param>
    /// <exception cref="ArgumentException">It is empty or too long.</exception>
    public static void Check(string tag)
    {
        ArgumentException.ThrowIfNullOrEmpty(tag);
        int length = Encoding.UTF8.GetByteCount(tag);
        if (length > MaxLength)
        {
            throw new ArgumentException($"A tag has at most {MaxLength} bytes of UTF-8, this one {length}.", nameof(tag));
        }
    }
}
