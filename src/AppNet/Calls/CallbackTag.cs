using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace AppNet.Calls;

/// <summary>The tag of a callback: the byte 0, <c>cb/</c>, the call's number, <c>/</c>, the callback's, and <c>/method</c> for one of a
/// contract. docs/protocol.md, section 13.</summary>
/// <param name="Call">The number of the call that the callback belongs to.</param>
/// <param name="Callback">The callback's number in it.</param>
/// <param name="Method">The method's name; empty for a delegate.</param>
internal readonly record struct CallbackTag(uint Call, int Callback, string Method)
{
    private static ReadOnlySpan<byte> Prefix => "\0cb/"u8;

    /// <summary>Returns whether a tag is that of a callback.</summary>
    /// <param name="tag">The tag.</param>
    /// <returns>Whether it is.</returns>
    public static bool Is(string tag) => tag.Length > 0 && tag[0] == '\0';

    /// <summary>Reads a tag.</summary>
    /// <param name="tag">The tag, UTF-8.</param>
    /// <param name="found">What it says.</param>
    /// <returns>Whether it is that of a callback.</returns>
    public static bool TryRead(ReadOnlySpan<byte> tag, out CallbackTag found)
    {
        found = default;
        if (!tag.StartsWith(Prefix))
        {
            return false;
        }

        var rest = tag[Prefix.Length..];
        if (!Utf8Parser.TryParse(rest, out uint call, out var used) || used == rest.Length || rest[used] != (byte)'/')
        {
            return false;
        }

        rest = rest[(used + 1)..];
        if (!Utf8Parser.TryParse(rest, out ushort callback, out used) || (used < rest.Length && rest[used] != (byte)'/'))
        {
            return false;
        }

        found = new CallbackTag(call, callback, used < rest.Length ? Encoding.UTF8.GetString(rest[(used + 1)..]) : "");
        return true;
    }

    /// <summary>Returns the last part of a contract's tag, by which its method is called back.</summary>
    /// <param name="tag">The tag of the function; empty for a delegate.</param>
    /// <returns>The method's name.</returns>
    public static string MethodOf(string tag) => tag[(tag.LastIndexOf('.') + 1)..];

    /// <summary>Returns the tag.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Method.Length == 0
        ? string.Create(CultureInfo.InvariantCulture, $"\0cb/{Call}/{Callback}")
        : string.Create(CultureInfo.InvariantCulture, $"\0cb/{Call}/{Callback}/{Method}");
}
