namespace AppNet.Security;

/// <summary>
/// What the dialling side says in the open of its TLS greeting, where TLS has the server's name: which key it has, or that it has none
/// yet and comes with an invitation. docs/protocol.md, section 14.
/// </summary>
internal static class TlsNames
{
    /// <summary>What somebody names that joins.</summary>
    public const string Join = "join.appnet";

    private const string Suffix = ".key.appnet";

    /// <summary>Names a key.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The name.</returns>
    public static string Of(NetworkKey key) => key.Generation + Suffix;

    /// <summary>Finds the certificate that is meant by a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="certificates">The ones there are, at least one.</param>
    /// <returns>The one meant; the newest when none of them is.</returns>
    public static KeyCertificate Find(string name, IReadOnlyList<KeyCertificate> certificates) =>
        certificates.FirstOrDefault(certificate => string.Equals(Of(certificate.Key), name, StringComparison.Ordinal)) ?? certificates[0];
}
