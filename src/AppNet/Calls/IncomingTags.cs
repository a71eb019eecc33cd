using System.Text;
using AppNet.Connections;
using AppNet.Wire;

namespace AppNet.Calls;

/// <summary>The functions that the other side has given numbers. docs/protocol.md, section 6.1. Owned by the read loop.</summary>
internal sealed class IncomingTags(ConnectionTable connections, CallGuard guard, int max)
{
    private const int MaxUnnumbered = 1_024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Dictionary<string, IncomingFunction> _unnumbered = new(StringComparer.Ordinal);
    private IncomingFunction?[] _functions = new IncomingFunction?[8];

    /// <summary>Gives a tag a number.</summary>
    /// <param name="number">The number.</param>
    /// <param name="tag">The tag, UTF-8.</param>
    /// <exception cref="ProtocolException">The number or the tag is out of bounds.</exception>
    public void Add(int number, ReadOnlySpan<byte> tag)
    {
        if (number == 0 || number > max)
        {
            throw new ProtocolException($"Tag number {number} is not between 1 and {max}.");
        }

        if (number >= _functions.Length)
        {
            Array.Resize(ref _functions, Math.Min(Math.Max(number + 1, _functions.Length * 2), max + 1));
        }

        _functions[number] = new IncomingFunction(Read(tag));
    }

    /// <summary>Finds what a call is for.</summary>
    /// <param name="number">The tag's number; 0 when the tag itself came with the call.</param>
    /// <param name="tag">The tag that came with the call.</param>
    /// <returns>The function, which may be none that this peer has.</returns>
    /// <exception cref="ProtocolException">The number was never given.</exception>
    public IncomingFunction Get(int number, ReadOnlySpan<byte> tag)
    {
        var function = number == 0
            ? GetUnnumbered(Read(tag))
            : number < _functions.Length && _functions[number] is { } known
                ? known
                : throw new ProtocolException($"Tag number {number} was never given.");
        function.Resolve(connections, guard);
        return function;
    }

    private static string Read(ReadOnlySpan<byte> tag) =>
        tag.IsEmpty || tag.Length > WireLimits.MaxTagBytes
            ? throw new ProtocolException($"A tag has {tag.Length} bytes in place of 1 to {WireLimits.MaxTagBytes}.")
            : ReadText(tag);

    private static string ReadText(ReadOnlySpan<byte> tag)
    {
        try
        {
            return Strict.GetString(tag);
        }
        catch (ArgumentException)
        {
            throw new ProtocolException("A tag is no UTF-8.");
        }
    }

    /// <summary>Finds a function whose tag came with the call: remembered, so that a slow one is known as such.</summary>
    private IncomingFunction GetUnnumbered(string tag)
    {
        if (!_unnumbered.TryGetValue(tag, out var function))
        {
            if (_unnumbered.Count >= MaxUnnumbered)
            {
                _unnumbered.Clear();
            }

            _unnumbered.Add(tag, function = new IncomingFunction(tag));
        }

        return function;
    }
}
