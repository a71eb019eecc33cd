using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace AppNet.Security;

/// <summary>
/// The key that the members of a network share: 32 random bytes. Never changes. Its text for logs is its generation, which tells
/// nothing of it.
/// </summary>
internal sealed class NetworkKey : IEquatable<NetworkKey>
{
    /// <summary>The size of a key in bytes.</summary>
    public const int Size = 32;

    private const int GenerationSize = 8;

    private readonly byte[] _bytes;

    private NetworkKey(byte[] bytes)
    {
        _bytes = bytes;
        Generation = Convert.ToHexStringLower(HMACSHA256.HashData(bytes, "AppNet/2 key"u8).AsSpan(0, GenerationSize));
    }

    /// <summary>Gets the public name of the key: 16 hexadecimal digits. docs/protocol.md, section 14.</summary>
    public string Generation { get; }

    /// <summary>Makes a new key.</summary>
    /// <returns>The key.</returns>
    public static NetworkKey Make() => new(RandomNumberGenerator.GetBytes(Size));

    /// <summary>Takes bytes as a key.</summary>
    /// <param name="bytes">32 bytes, which are copied.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public static NetworkKey Of(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Size ? new NetworkKey(bytes.ToArray()) : throw new ArgumentException($"A key has {Size} bytes.", nameof(bytes));

    /// <summary>Reads a key from its base64.</summary>
    /// <param name="text">The base64 of 32 bytes.</param>
    /// <param name="key">The key.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out NetworkKey? key)
    {
        Span<byte> bytes = stackalloc byte[Size];
        key = Convert.TryFromBase64Chars(text, bytes, out var length) && length == Size ? Of(bytes) : null;
        CryptographicOperations.ZeroMemory(bytes);
        return key is not null;
    }

    /// <summary>Derives bytes for one purpose, by HKDF with SHA-256.</summary>
    /// <param name="purpose">The purpose, which no other use of a key has.</param>
    /// <param name="length">How many.</param>
    /// <returns>The bytes.</returns>
    public byte[] Derive(string purpose, int length) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _bytes, length, info: Encoding.ASCII.GetBytes(purpose));

    /// <summary>Gives the key away: for its file, and for a new member over a proven channel.</summary>
    /// <returns>The bytes; a copy.</returns>
    public byte[] Reveal() => (byte[])_bytes.Clone();

    /// <inheritdoc/>
    public bool Equals(NetworkKey? other) => other is not null && CryptographicOperations.FixedTimeEquals(_bytes, other._bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NetworkKey);

    /// <inheritdoc/>
    public override int GetHashCode() => Generation.GetHashCode(StringComparison.Ordinal);

    /// <summary>Returns the form for logs.</summary>
    /// <returns>The generation.</returns>
    public override string ToString() => Generation;
}
