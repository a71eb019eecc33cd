using System.Buffers;
using System.Globalization;

namespace AppNet.Python.Wires;

/// <summary>Numbers as Python writes them.</summary>
internal static class PythonNumber
{
    private const int MaxLength = 32;

    /// <summary>Returns how long the JSON number is that a text begins with.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Its length; 0: it begins with none.</returns>
    public static int LengthOf(ReadOnlySpan<byte> text)
    {
        var at = text.StartsWith("-"u8) ? 1 : 0;
        var digits = DigitsAt(text, at);
        if (digits == 0)
        {
            return 0;
        }

        // A zero in front stands alone; what follows it is not part of the number.
        at += text[at] == (byte)'0' ? 1 : digits;
        if (At(text, at) == (byte)'.' && DigitsAt(text, at + 1) is > 0 and var fraction)
        {
            at += 1 + fraction;
        }

        if (At(text, at) is (byte)'e' or (byte)'E')
        {
            var sign = At(text, at + 1) is (byte)'+' or (byte)'-' ? 1 : 0;
            var exponent = DigitsAt(text, at + 1 + sign);
            at += exponent > 0 ? 1 + sign + exponent : 0;
        }

        return at;
    }

    /// <summary>Writes a JSON number as Python does: an integer to its last digit, a float by its shortest digits.</summary>
    /// <param name="text">The number.</param>
    /// <param name="output">Where it goes.</param>
    public static void Write(ReadOnlySpan<byte> text, IBufferWriter<byte> output)
    {
        if (text.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0)
        {
            output.Write(text.SequenceEqual("-0"u8) ? "0"u8 : text);
        }
        else
        {
            WriteFloat(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture), output);
        }
    }

    /// <summary>Writes a float as Python's <c>repr</c> does.</summary>
    /// <param name="value">The float.</param>
    /// <param name="output">Where it goes.</param>
    public static void WriteFloat(double value, IBufferWriter<byte> output)
    {
        if (!double.IsFinite(value))
        {
            output.Write(double.IsNaN(value) ? "NaN"u8 : value > 0 ? "Infinity"u8 : "-Infinity"u8);
            return;
        }

        if (double.IsNegative(value))
        {
            output.Write("-"u8);
        }

        Span<byte> digits = stackalloc byte[MaxLength];
        var (count, exponent) = Shortest(Math.Abs(value), digits);
        if (exponent is < -4 or >= 16)
        {
            WriteScientific(digits[..count], exponent, output);
        }
        else
        {
            WritePlain(digits[..count], exponent, output);
        }
    }

    /// <summary>Takes a float apart: its shortest digits, without zeros at either end, and the power of ten of the first.</summary>
    private static (int Count, int Exponent) Shortest(double value, Span<byte> digits)
    {
        Span<byte> text = stackalloc byte[MaxLength];
        _ = value.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);
        var mark = text[..length].IndexOf((byte)'E');
        var power = mark < 0 ? 0 : int.Parse(text[(mark + 1)..length], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = text[..(mark < 0 ? length : mark)];
        var point = mantissa.IndexOf((byte)'.');
        var exponent = (point < 0 ? mantissa.Length : point) - 1 + power;
        var count = 0;
        foreach (var character in mantissa)
        {
            if (character == (byte)'.')
            {
                continue;
            }

            if (count == 0 && character == (byte)'0')
            {
                exponent--;
                continue;
            }

            digits[count++] = character;
        }

        while (count > 1 && digits[count - 1] == (byte)'0')
        {
            count--;
        }

        if (count == 0)
        {
            digits[0] = (byte)'0';
            return (1, 0);
        }

        return (count, exponent);
    }

    private static void WriteScientific(ReadOnlySpan<byte> digits, int exponent, IBufferWriter<byte> output)
    {
        output.Write(digits[..1]);
        if (digits.Length > 1)
        {
            output.Write("."u8);
            output.Write(digits[1..]);
        }

        Span<byte> text = stackalloc byte[8];
        _ = Math.Abs(exponent).TryFormat(text, out var length, "00", CultureInfo.InvariantCulture);
        output.Write(exponent < 0 ? "e-"u8 : "e+"u8);
        output.Write(text[..length]);
    }

    private static void WritePlain(ReadOnlySpan<byte> digits, int exponent, IBufferWriter<byte> output)
    {
        var whole = exponent + 1;
        if (whole <= 0)
        {
            output.Write("0."u8);
            WriteZeros(-whole, output);
            output.Write(digits);
            return;
        }

        output.Write(digits[..Math.Min(whole, digits.Length)]);
        WriteZeros(whole - digits.Length, output);
        output.Write("."u8);
        output.Write(whole < digits.Length ? digits[whole..] : "0"u8);
    }

    private static void WriteZeros(int count, IBufferWriter<byte> output)
    {
        for (var i = 0; i < count; i++)
        {
            output.Write("0"u8);
        }
    }

    private static byte At(ReadOnlySpan<byte> text, int index) => index < text.Length ? text[index] : (byte)0;

    private static int DigitsAt(ReadOnlySpan<byte> text, int index)
    {
        var end = index;
        while (At(text, end) is >= (byte)'0' and <= (byte)'9')
        {
            end++;
        }

        return end - index;
    }
}
