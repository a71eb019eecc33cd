using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AppNet.Load.Systems;

/// <summary>
/// TLS for a benchmark: a certificate that lives as long as the server, and clients that do not check it.
/// </summary>
internal static class ThrowawayCertificate
{
    /// <summary>The name that clients ask for.</summary>
    public const string HostName = "localhost";

    /// <summary>
    /// Gets the client's check: none, as the certificate was made a moment ago and nobody vouches for it.
    /// </summary>
    [SuppressMessage("Security", "CA5359", Justification = "Both ends are this program, on the loopback interface.")]
    public static RemoteCertificateValidationCallback AcceptAny { get; } = static (_, _, _, _) => true;

    /// <summary>Makes a certificate.</summary>
    /// <returns>The certificate, with its private key.</returns>
    public static X509Certificate2 Create()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + HostName, key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));

        // Some platforms can't serve with a key that was never in a store or a file.
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
    }
}
