using System.Buffers;

namespace AppNet.Python.Wires;

/// <summary>Puts a request together from the pieces in which it arrives, and knows when it is whole. Bounded. Used by one task.</summary>
internal sealed class RequestAssembly
{
    private readonly PythonFamily _family;
    private readonly ArrayBufferWriter<byte> _json = new(256);
    private readonly PythonBase64 _base64 = new();
    private JsonExtent _extent;
    private int _scanned;
    private int _received;

    /// <summary>Begins.</summary>
    /// <param name="family">The wire.</param>
    public RequestAssembly(PythonFamily family)
    {
        _family = family;
    }

    /// <summary>Gets the JSON text, without the base64 around it.</summary>
    public ReadOnlyMemory<byte> Json => _json.WrittenMemory;

    /// <summary>Gets whether nothing of a value has come.</summary>
    public bool IsEmpty => _json.WrittenCount == 0;

    /// <summary>Takes a piece.</summary>
    /// <param name="piece">What has arrived.</param>
    /// <returns>Whether the request is whole.</returns>
    /// <exception cref="PythonFormatException">It is too long, or goes on behind its end.</exception>
    public bool Add(ReadOnlySpan<byte> piece)
    {
        _received += piece.Length;
        if (_received > PythonLimits.Request)
        {
            throw new PythonFormatException("ValueError", FormattableString.Invariant($"The request is longer than {PythonLimits.Request} bytes"));
        }

        if (_family == PythonFamily.V06)
        {
            _json.Write(piece);
        }
        else
        {
            foreach (var character in piece)
            {
                _base64.Add(character, _json);
            }
        }

        Scan();
        return _extent.IsComplete && IsWhole;
    }

    /// <summary>Takes note that nothing more comes.</summary>
    /// <exception cref="PythonFormatException">The base64 breaks off.</exception>
    public void End()
    {
        if (!IsWhole)
        {
            throw PythonBase64.WrongPadding();
        }
    }

    private bool IsWhole => _family == PythonFamily.V06 || _base64.IsWhole;

    private void Scan()
    {
        foreach (var next in _json.WrittenSpan[_scanned..])
        {
            _extent.Add(next);
        }

        _scanned = _json.WrittenCount;
        if (_extent.HasMore)
        {
            throw new PythonFormatException("JSONDecodeError", "Extra data");
        }
    }
}
