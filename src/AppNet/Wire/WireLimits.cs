namespace AppNet.Wire;

/// <summary>Bounds that are part of the protocol. docs/protocol.md, section 8.</summary>
internal static class WireLimits
{
    /// <summary>The longest tag, in bytes of UTF-8.</summary>
    public const int MaxTagBytes = 512;

    /// <summary>How deep JSON may nest.</summary>
    public const int MaxJsonDepth = 64;

    /// <summary>The longest frame of the handshake, in bytes, header not counted.</summary>
    public const int MaxHandshakeFrame = 32 * 1024;

    /// <summary>The oldest version of the protocol that is spoken here.</summary>
    public const int MinVersion = 2;

    /// <summary>The newest version of the protocol that is spoken here.</summary>
    public const int MaxVersion = 2;

    /// <summary>Gets the bytes that each side sends first. Section 1.</summary>
    public static ReadOnlySpan<byte> Preface => "AppNet/2"u8;
}
