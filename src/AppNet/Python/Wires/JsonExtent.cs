namespace AppNet.Python.Wires;

/// <summary>
/// Finds where a JSON value ends while its bytes come in, without checking it: a request has no other end mark. Brackets inside texts
/// don't count.
/// </summary>
internal struct JsonExtent
{
    private int _depth;
    private bool _hasBegun;
    private bool _isInText;
    private bool _isEscaped;

    // Outside brackets: what is left of a word such as null.
    private int _wordLeft;

    /// <summary>Gets whether the value is complete.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Gets whether anything but blanks came behind the value.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Takes the next byte.</summary>
    /// <param name="next">The byte.</param>
    public void Add(byte next)
    {
        var isBlank = next is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';
        if (IsComplete)
        {
            HasMore |= !isBlank;
        }
        else if (_isInText)
        {
            AddToText(next);
        }
        else if (_wordLeft > 0)
        {
            IsComplete = --_wordLeft == 0;
        }
        else if (!isBlank)
        {
            AddToken(next);
        }
    }

    private void AddToText(byte next)
    {
        if (_isEscaped)
        {
            _isEscaped = false;
        }
        else if (next == (byte)'\\')
        {
            _isEscaped = true;
        }
        else if (next == (byte)'"')
        {
            _isInText = false;
            IsComplete = _depth == 0;
        }
    }

    private void AddToken(byte next)
    {
        switch (next)
        {
            case (byte)'"':
                _isInText = true;
                break;
            case (byte)'{' or (byte)'[':
                _depth++;
                break;
            case (byte)'}' or (byte)']':
                IsComplete = --_depth <= 0;
                break;
            case (byte)'n' or (byte)'t' when !_hasBegun:
                _wordLeft = 3;
                break;
            case (byte)'f' when !_hasBegun:
                _wordLeft = 4;
                break;
            default:
                // A bare number has no end; no request is one.
                IsComplete = _depth == 0;
                break;
        }

        _hasBegun = true;
    }
}
