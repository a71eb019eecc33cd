using System.Net.Security;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AppNet.Security;

/// <summary>
/// The certificate by which a peer proves, in TLS, that it has a key: a self-signed one whose key pair is derived from it, so
/// that all members have the same pair and no authority is needed. Two certificates are compared by their public keys.
/// </summary>
internal sealed class KeyCertificate
{
    private const string Purpose = "AppNet/2 TLS P-256";

    // 128 bits more than the group's order has: what the remainder favours can't be noticed (FIPS 186-5, A.2.1).
    private const int SeedSize = 48;

    // A certificate lives as long as its key does; what is outside of these years was made by somebody else.
    private static readonly DateTimeOffset NotBefore = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset NotAfter = new(2120, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly BigInteger Order = BigInteger.Parse(
        "0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551",
        System.Globalization.NumberStyles.HexNumber,
        System.Globalization.CultureInfo.InvariantCulture);

    private readonly byte[] _publicKey;

    /// <summary>Makes the certificate of a key.</summary>
    /// <param name="key">The key.</param>
    public KeyCertificate(NetworkKey key)
    {
        Key = key;
        using var pair = ECDsa.Create(PairOf(key));
        var request = new CertificateRequest("CN=AppNet", pair, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        var certificate = request.CreateSelfSigned(NotBefore, NotAfter);
        _publicKey = certificate.PublicKey.ExportSubjectPublicKeyInfo();
        Fingerprint = SHA256.HashData(_publicKey);
        Context = SslStreamCertificateContext.Create(Persisted(certificate), additionalCertificates: null, offline: true);
    }

    /// <summary>Gets the key that it stands for.</summary>
    public NetworkKey Key { get; }

    /// <summary>Gets the SHA-256 of its public key: what an invitation names, so that who joins knows whom it speaks with.</summary>
    public byte[] Fingerprint { get; }

    /// <summary>Gets what TLS presents.</summary>
    public SslStreamCertificateContext Context { get; }

    /// <summary>Says whether what the other side presented stands for the same key. TLS has seen that it has the private half.</summary>
    /// <param name="presented">What it presented.</param>
    /// <param name="now">The time.</param>
    /// <returns>Whether it does.</returns>
    public bool Matches(X509Certificate2 presented, DateTimeOffset now) =>
        CryptographicOperations.FixedTimeEquals(presented.PublicKey.ExportSubjectPublicKeyInfo(), _publicKey)
        && now.UtcDateTime >= presented.NotBefore.ToUniversalTime()
        && now.UtcDateTime <= presented.NotAfter.ToUniversalTime();

    /// <summary>Takes the fingerprint of what the other side presented.</summary>
    /// <param name="presented">What it presented.</param>
    /// <returns>32 bytes.</returns>
    public static byte[] FingerprintOf(X509Certificate2 presented) => SHA256.HashData(presented.PublicKey.ExportSubjectPublicKeyInfo());

    private static ECParameters PairOf(NetworkKey key)
    {
        var seed = key.Derive(Purpose, SeedSize);
        var number = new BigInteger(seed, isUnsigned: true, isBigEndian: true);
        var secret = (number % (Order - BigInteger.One)) + BigInteger.One;
        var bytes = new byte[32];
        var parts = secret.ToByteArray(isUnsigned: true, isBigEndian: true);
        parts.CopyTo(bytes, bytes.Length - parts.Length);
        CryptographicOperations.ZeroMemory(seed);
        CryptographicOperations.ZeroMemory(parts);

        // The public half is computed from the private one.
        return new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = bytes };
    }

    // TLS on Windows takes no key that exists in memory only.
    private static X509Certificate2 Persisted(X509Certificate2 certificate)
    {
        if (!OperatingSystem.IsWindows())
        {
            return certificate;
        }

        using (certificate)
        {
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
        }
    }
}
