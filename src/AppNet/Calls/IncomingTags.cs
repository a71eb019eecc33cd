using System.Text;
using AppNet.Connections;
using AppNet.Wire;

namespace AppNet.Calls;

/// <summary>The functions that the other side has given numbers. docs/protocol.md, section 6.1. Owned by the read loop.</summary>
internal sealed class IncomingTags(ConnectionTable connections, int max)
{
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
            ? new IncomingFunction(Read(tag))
            : number < _functions.Length && _functions[number] is { } known
                ? known
                : throw new ProtocolException($"Tag number {number} was never given.");
        function.Resolve(connections);
        return function;
    }

    private static string Read(ReadOnlySpan<byte> tag) =>
        tag.IsEmpty || tag.Length > WireLimits.MaxTagBytes
            ? throw new ProtocolException($"A tag has {tag.Length} bytes in place of 1 to {WireLimits.MaxTagBytes}.")
            : Encoding.UTF8.GetString(tag);
}
