using System.Buffers;
using AppNet.Connections;

namespace AppNet.Python.Wires;

/// <summary>
/// Checks JSON as Python writes and reads it, and copies it as strict JSON: texts and numbers as they are, without blanks, and the words
/// for what is no number as our own wire has them (docs/protocol.md, section 6.5). Never recursive; its depth is bounded.
/// </summary>
internal ref struct PythonJsonReader
{
    private readonly ReadOnlySpan<byte> _text;
    private readonly IBufferWriter<byte> _copy;

    // One bit for each open bracket: whether it is of an object.
    private UInt128 _objects;
    private int _depth;
    private int _at;

    private PythonJsonReader(ReadOnlySpan<byte> text, IBufferWriter<byte> copy)
    {
        _text = text;
        _copy = copy;
    }

    /// <summary>Copies a text that is one JSON value.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Strict JSON.</returns>
    /// <exception cref="PythonFormatException">It is none that Python would read, or nests too deep.</exception>
    public static ReadOnlyMemory<byte> Read(ReadOnlySpan<byte> text)
    {
        var copy = new ArrayBufferWriter<byte>(Math.Max(16, text.Length));
        var reader = new PythonJsonReader(text, copy);
        reader.CopyAll();
        return copy.WrittenMemory;
    }

    private void CopyAll()
    {
        do
        {
            SkipBlanks();
            CopyValueOrOpen();
        }
        while (!IsComplete());

        SkipBlanks();
        if (_at < _text.Length)
        {
            throw Fault("Extra data");
        }
    }

    /// <summary>Copies a scalar with the brackets that close behind it, or an opening bracket.</summary>
    private void CopyValueOrOpen()
    {
        switch (Peek())
        {
            case (byte)'{':
                Open(isObject: true);
                break;
            case (byte)'[':
                Open(isObject: false);
                break;
            default:
                CopyScalar();
                CloseWhatEnds();
                break;
        }
    }

    private readonly bool IsComplete() => _depth == 0;

    private void Open(bool isObject)
    {
        if (++_depth > PythonLimits.Depth)
        {
            throw new PythonFormatException("RecursionError", $"JSON may nest {PythonLimits.Depth - 2} levels deep here.");
        }

        _objects = (_objects << 1) | (isObject ? UInt128.One : UInt128.Zero);
        Copy(1);
        SkipBlanks();
        if (Peek() == Closing())
        {
            Close();
            CloseWhatEnds();
        }
        else if (isObject)
        {
            CopyName();
        }
    }

    private readonly byte Closing() => (_objects & UInt128.One) == UInt128.One ? (byte)'}' : (byte)']';

    private void Close()
    {
        Copy(1);
        _depth--;
        _objects >>= 1;
    }

    private void CloseWhatEnds()
    {
        while (_depth > 0)
        {
            SkipBlanks();
            if (Peek() == Closing())
            {
                Close();
                continue;
            }

            if (Peek() != (byte)',')
            {
                throw Fault("Expecting ',' delimiter");
            }

            Copy(1);
            SkipBlanks();
            if (Closing() == (byte)'}')
            {
                CopyName();
            }

            return;
        }
    }

    private void CopyName()
    {
        if (Peek() != (byte)'"')
        {
            throw Fault("Expecting property name enclosed in double quotes");
        }

        CopyString();
        SkipBlanks();
        if (Peek() != (byte)':')
        {
            throw Fault("Expecting ':' delimiter");
        }

        Copy(1);
    }

    private void CopyScalar()
    {
        var rest = _text[_at..];
        if (Peek() == (byte)'"')
        {
            CopyString();
        }
        else if (rest.StartsWith("null"u8) || rest.StartsWith("true"u8))
        {
            Copy(4);
        }
        else if (rest.StartsWith("false"u8))
        {
            Copy(5);
        }
        else if (!TryCopyWord(rest, "NaN"u8, FloatText.NaN)
            && !TryCopyWord(rest, "Infinity"u8, FloatText.Infinity)
            && !TryCopyWord(rest, "-Infinity"u8, FloatText.NegativeInfinity))
        {
            CopyNumber(rest);
        }
    }

    private bool TryCopyWord(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> word, ReadOnlySpan<byte> copy)
    {
        if (!rest.StartsWith(word))
        {
            return false;
        }

        _copy.Write(copy);
        _at += word.Length;
        return true;
    }

    private void CopyString()
    {
        var start = _at++;
        while (Peek() != (byte)'"')
        {
            if (Peek() == (byte)'\\')
            {
                SkipEscape();
            }
            else if (Peek() < (byte)' ')
            {
                throw Fault(_at < _text.Length ? "Invalid control character" : "Unterminated string");
            }
            else
            {
                _at++;
            }
        }

        _at++;
        _copy.Write(_text[start.._at]);
    }

    private void SkipEscape()
    {
        _at++;
        if (Peek() == (byte)'u')
        {
            for (var i = 0; i < 4; i++)
            {
                _at++;
                if (!char.IsAsciiHexDigit((char)Peek()))
                {
                    throw Fault("Invalid \\uXXXX escape");
                }
            }
        }
        else if ("\"\\/bfnrt"u8.IndexOf(Peek()) < 0)
        {
            throw Fault("Invalid \\escape");
        }

        _at++;
    }

    private void CopyNumber(ReadOnlySpan<byte> rest)
    {
        var length = PythonNumber.LengthOf(rest);
        if (length == 0)
        {
            throw Fault("Expecting value");
        }

        // What Python reads as the integer 0.
        var number = rest[..length].SequenceEqual("-0"u8) ? "0"u8 : rest[..length];
        _copy.Write(number);
        _at += length;
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length && _text[_at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            _at++;
        }
    }

    /// <summary>Returns the next byte; 0 at the end.</summary>
    private readonly byte Peek()
    {
        var next = _at < _text.Length ? _text[_at] : (byte)0;
        return next < 0x80 ? next : throw new PythonFormatException(
            "UnicodeDecodeError", FormattableString.Invariant($"'ascii' codec can't decode byte 0x{next:x2} in position {_at}: ordinal not in range(128)"));
    }

    private void Copy(int count)
    {
        _copy.Write(_text.Slice(_at, count));
        _at += count;
    }

    private readonly PythonFormatException Fault(string message) =>
        new("JSONDecodeError", FormattableString.Invariant($"{message}: char {_at}"));
}
