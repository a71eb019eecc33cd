using System.Security.Cryptography;

namespace AppNet.Links;

/// <summary>
/// How a side of a handshake proves that it knows the secret: docs/protocol.md, section 4.7. The secret itself does not travel, and a
/// proof is of no use in another handshake or in the other direction.
/// </summary>
internal static class Proof
{
    /// <summary>The size of a nonce in bytes.</summary>
    public const int NonceSize = 32;

    private static ReadOnlySpan<byte> AcceptorLabel => "AppNet/2 acceptor"u8;

    private static ReadOnlySpan<byte> DiallerLabel => "AppNet/2 dialler"u8;

    /// <summary>Makes a proof.</summary>
    /// <param name="secret">The secret.</param>
    /// <param name="isDialler">Whether the dialling side proves itself.</param>
    /// <param name="diallerNonce">The nonce of the dialling side.</param>
    /// <param name="acceptorNonce">The nonce of the accepting side.</param>
    /// <param name="hello">The payload of the Hello frame, byte for byte.</param>
    /// <returns>32 bytes.</returns>
    public static byte[] Make(
        byte[] secret, bool isDialler, ReadOnlySpan<byte> diallerNonce, ReadOnlySpan<byte> acceptorNonce, ReadOnlySpan<byte> hello)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        hash.AppendData(isDialler ? DiallerLabel : AcceptorLabel);
        hash.AppendData(diallerNonce);
        hash.AppendData(acceptorNonce);
        hash.AppendData(SHA256.HashData(hello));
        return hash.GetHashAndReset();
    }

    /// <summary>Compares a proof with the one expected, in a time that tells nothing.</summary>
    /// <param name="expected">The one expected.</param>
    /// <param name="given">The one given, if any.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool Equal(byte[] expected, byte[]? given) =>
        given is not null && CryptographicOperations.FixedTimeEquals(expected, given);
}
