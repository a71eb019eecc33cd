using System.Buffers;
using System.Text;

namespace AppNet.Python.Wires;

/// <summary>Writes answers to Python callers, each within what they read.</summary>
internal static class PythonAnswer
{
    /// <summary>Writes a function's result.</summary>
    /// <param name="family">The wire.</param>
    /// <param name="json">The result, strict JSON, or nothing for none.</param>
    /// <param name="function">The function, for the message.</param>
    /// <returns>All bytes of the answer: an error that says so when the result is longer than the caller reads.</returns>
    public static byte[] Value(PythonFamily family, ReadOnlySpan<byte> json, string function)
    {
        var text = new ArrayBufferWriter<byte>(256);
        var isWrapped = family == PythonFamily.V04 && json is not [(byte)'{', ..];
        text.Write(isWrapped ? "{\"raw\": "u8 : ""u8);
        PythonJsonWriter.Write(json, text);
        text.Write(isWrapped ? "}"u8 : ""u8);
        var answer = Encode(family, text.WrittenSpan);
        return answer.Length <= PythonLimits.Message ? answer : Error(
            family,
            "ResultTooLarge",
            FormattableString.Invariant($"The result of '{function}' has {answer.Length} bytes; a Python caller reads {PythonLimits.Message}."),
            []);
    }

    /// <summary>Writes a flag that the peer itself answers with.</summary>
    /// <param name="family">The wire.</param>
    /// <param name="name">The flag.</param>
    /// <returns>All bytes of the answer.</returns>
    public static byte[] Flag(PythonFamily family, string name) => Encode(family, Encoding.UTF8.GetBytes(name));

    /// <summary>Writes a flag that a function answered with: on the 0.6 wire it travels as a text.</summary>
    /// <param name="family">The wire.</param>
    /// <param name="name">The flag.</param>
    /// <returns>All bytes of the answer.</returns>
    public static byte[] FlagOfFunction(PythonFamily family, string name)
    {
        if (family == PythonFamily.V04)
        {
            return Flag(family, name);
        }

        var text = new ArrayBufferWriter<byte>();
        PythonText.Write(name, text);
        return text.WrittenSpan.ToArray();
    }

    /// <summary>Writes an error; where it is longer than the caller reads, outer frames are left out, then the message is shortened.</summary>
    /// <param name="family">The wire.</param>
    /// <param name="type">The exception's type.</param>
    /// <param name="message">Its message.</param>
    /// <param name="frames">Where it came from, the innermost first.</param>
    /// <returns>All bytes of the answer.</returns>
    public static byte[] Error(PythonFamily family, string type, string message, IReadOnlyList<string> frames)
    {
        var whole = Packet(family, type, message, frames);
        if (whole.Length <= PythonLimits.Message)
        {
            return whole;
        }

        var kept = Largest(frames.Count, count => Packet(family, type, message, frames.Take(count)).Length <= PythonLimits.Message);
        if (kept > 0 || Packet(family, type, message, []).Length <= PythonLimits.Message)
        {
            return Packet(family, type, message, frames.Take(kept));
        }

        var length = Largest(message.Length, count => Packet(family, type, Cut(message, count), []).Length <= PythonLimits.Message);
        return Packet(family, type.Length <= 128 ? type : type[..128], Cut(message, length), []);
    }

    private static string Cut(string message, int length) => length >= message.Length ? message : $"{message.AsSpan(0, length)}...";

    /// <summary>Returns the largest number up to a limit for which something holds that holds for all smaller ones, or 0.</summary>
    private static int Largest(int limit, Func<int, bool> holds)
    {
        var (low, high) = (0, limit);
        while (low < high)
        {
            var middle = low + ((high - low + 1) / 2);
            (low, high) = holds(middle) ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    private static byte[] Packet(PythonFamily family, string type, string message, IEnumerable<string> frames)
    {
        var text = new ArrayBufferWriter<byte>(512);
        text.Write("{\"payload\": \"error\", \"traceback\": "u8);
        PythonText.Write(PythonTraceback.Write(type, message, frames), text);
        text.Write("}"u8);
        return Encode(family, text.WrittenSpan);
    }

    private static byte[] Encode(PythonFamily family, ReadOnlySpan<byte> text) =>
        family == PythonFamily.V06 ? text.ToArray() : PythonBase64.Encode(text);
}
