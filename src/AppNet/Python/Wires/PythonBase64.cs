using System.Buffers;
using System.Text;

namespace AppNet.Python.Wires;

/// <summary>
/// Base64 as Python reads it, byte by byte as it comes: what is not of the alphabet is dropped, the first padding that completes a group ends
/// the text, and a text that ends within a group is wrong.
/// </summary>
internal sealed class PythonBase64
{
    private int _inGroup;
    private int _left;
    private int _padding;

    /// <summary>Gets whether the text has ended by its padding: nothing behind it counts.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Gets whether the text may end here.</summary>
    public bool IsWhole => HasEnded || _inGroup == 0;

    /// <summary>Returns the base64 of an ASCII text, with its padding.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The base64.</returns>
    public static byte[] Encode(ReadOnlySpan<byte> text) => Encoding.ASCII.GetBytes(Convert.ToBase64String(text));

    /// <summary>Undoes the base64 of a whole text.</summary>
    /// <param name="text">The base64.</param>
    /// <returns>What it stands for.</returns>
    /// <exception cref="PythonFormatException">Its padding is wrong.</exception>
    public static ReadOnlyMemory<byte> Decode(ReadOnlySpan<byte> text)
    {
        var decoded = new ArrayBufferWriter<byte>(Math.Max(16, text.Length));
        var base64 = new PythonBase64();
        foreach (var character in text)
        {
            base64.Add(character, decoded);
        }

        return base64.IsWhole ? decoded.WrittenMemory : throw WrongPadding();
    }

    /// <summary>Returns what is said of a text that ends within a group.</summary>
    /// <returns>The exception.</returns>
    public static PythonFormatException WrongPadding() => new("Error", "Incorrect padding");

    /// <summary>Takes the next character.</summary>
    /// <param name="character">The character.</param>
    /// <param name="decoded">Where the byte goes that it may complete.</param>
    public void Add(byte character, IBufferWriter<byte> decoded)
    {
        if (HasEnded)
        {
            return;
        }

        if (character == (byte)'=')
        {
            HasEnded = _inGroup >= 2 && _inGroup + ++_padding >= 4;
            return;
        }

        var value = ValueOf(character);
        if (value < 0)
        {
            return;
        }

        _padding = 0;
        if (_inGroup > 0)
        {
            // The group's characters give 6 bits each; every one but the first completes a byte.
            decoded.Write([(byte)((_left << (_inGroup * 2)) | (value >> (6 - (_inGroup * 2))))]);
        }

        _left = value;
        _inGroup = (_inGroup + 1) & 3;
    }

    private static int ValueOf(byte character) => character switch
    {
        >= (byte)'A' and <= (byte)'Z' => character - 'A',
        >= (byte)'a' and <= (byte)'z' => character - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => character - '0' + 52,
        (byte)'+' => 62,
        (byte)'/' => 63,
        _ => -1,
    };
}
