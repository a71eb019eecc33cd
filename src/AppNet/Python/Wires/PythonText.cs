using System.Buffers;
using System.Globalization;
using System.Text;

namespace AppNet.Python.Wires;

/// <summary>JSON texts as Python writes them: all that is not printable ASCII is escaped, in units of UTF-16, lone surrogates included.</summary>
internal static class PythonText
{
    /// <summary>Undoes the escapes of a JSON text.</summary>
    /// <param name="escaped">What stands between the quotes, well-formed.</param>
    /// <returns>The text; it may hold lone surrogates.</returns>
    public static string Unescape(ReadOnlySpan<byte> escaped)
    {
        var text = new StringBuilder(escaped.Length);
        while (!escaped.IsEmpty)
        {
            var plain = escaped.IndexOf((byte)'\\');
            plain = plain < 0 ? escaped.Length : plain;
            _ = text.Append(Encoding.UTF8.GetString(escaped[..plain]));
            escaped = escaped[plain..];
            if (!escaped.IsEmpty)
            {
                var isUnit = escaped[1] == (byte)'u';
                _ = text.Append(isUnit
                    ? (char)ushort.Parse(escaped.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
                    : Meaning(escaped[1]));
                escaped = escaped[(isUnit ? 6 : 2)..];
            }
        }

        return text.ToString();
    }

    /// <summary>Writes a text with its quotes.</summary>
    /// <param name="text">The text.</param>
    /// <param name="output">Where it goes.</param>
    public static void Write(ReadOnlySpan<char> text, IBufferWriter<byte> output)
    {
        output.Write("\""u8);
        foreach (var unit in text)
        {
            var escape = EscapeOf(unit);
            if (escape != '\0')
            {
                output.Write([(byte)'\\', (byte)escape]);
            }
            else if (unit is >= ' ' and < '\u007f')
            {
                output.Write([(byte)unit]);
            }
            else
            {
                WriteUnit(unit, output);
            }
        }

        output.Write("\""u8);
    }

    private static void WriteUnit(char unit, IBufferWriter<byte> output)
    {
        Span<byte> digits = stackalloc byte[4];
        _ = ((ushort)unit).TryFormat(digits, out _, "x4", CultureInfo.InvariantCulture);
        output.Write("\\u"u8);
        output.Write(digits);
    }

    private static char EscapeOf(char unit) => unit switch
    {
        '"' or '\\' => unit,
        '\n' => 'n',
        '\r' => 'r',
        '\t' => 't',
        '\b' => 'b',
        '\f' => 'f',
        _ => '\0',
    };

    private static char Meaning(byte escape) => (char)escape switch
    {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'b' => '\b',
        'f' => '\f',
        var same => same,
    };
}
