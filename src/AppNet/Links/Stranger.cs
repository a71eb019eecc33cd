namespace AppNet.Links;

/// <summary>Tells by its first bytes what somebody is that does not speak app-net/2. docs/protocol.md, section 1.</summary>
internal static class Stranger
{
    private const byte TlsHandshake = 0x16;

    /// <summary>Says what it seems to be.</summary>
    /// <param name="firstBytes">What it sent.</param>
    /// <returns>A sentence for the log.</returns>
    public static string Recognise(ReadOnlySpan<byte> firstBytes) => firstBytes switch
    {
        [] => "It left without a word.",
        [TlsHandshake, ..] => "It speaks TLS, which is not expected here.",
        [(byte)'{', ..] => "It speaks like a Python peer of app-net 0.6, which is not expected here.",
        [(byte)'e', ..] => "It speaks like a Python peer of app-net 0.3 or 0.4, which is not expected here.",
        [>= (byte)'A' and <= (byte)'Z', ..] => "It speaks another protocol, perhaps HTTP.",
        _ => "It speaks no protocol that is known here.",
    };
}
