using System.Text;
using System.Text.Unicode;
using AppNet.Wire;

namespace AppNet.Calls;

/// <summary>Flags on the wire. docs/protocol.md, section 7.5.</summary>
internal static class FlagPayload
{
    /// <summary>Writes a flag's name.</summary>
    /// <param name="name">The flag.</param>
    /// <returns>The payload.</returns>
    public static byte[] Write(string name) => Encoding.UTF8.GetBytes(name);

    /// <summary>Reads a flag's name.</summary>
    /// <param name="frame">The frame.</param>
    /// <returns>The name.</returns>
    /// <exception cref="ProtocolException">It is none.</exception>
    public static string Read(in Frame frame) =>
        frame.Payload.Length is > 0 and <= Flag.MaxNameBytes && Utf8.IsValid(frame.Payload)
            ? Encoding.UTF8.GetString(frame.Payload)
            : throw new ProtocolException($"A flag's name is not 1 to {Flag.MaxNameBytes} bytes of UTF-8.");
}
