using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace AppNet.Security;

/// <summary>How TLS is spoken: version 1.3 only, both sides with a certificate of a shared key, nothing resumed or renegotiated.</summary>
[SuppressMessage("Security", "CA5398", Justification = "Both ends are this library, so an older version could only be a downgrade.")]
internal static class TlsSettings
{
    /// <summary>Gets whether the platform's TLS can do what is asked of it: on Apple's, .NET has no server of version 1.3.</summary>
    public static bool IsSupported => !OperatingSystem.IsMacOS() && !OperatingSystem.IsIOS() && !OperatingSystem.IsBrowser();

    private static readonly SslApplicationProtocol Protocol = new("appnet/2");

    /// <summary>Makes the settings of a dialling side.</summary>
    /// <param name="own">What it shows; null: it joins, and has nothing to show.</param>
    /// <param name="name">What it asks for.</param>
    /// <param name="accept">Judges what the other side shows.</param>
    /// <returns>The settings.</returns>
    public static SslClientAuthenticationOptions OfDialler(KeyCertificate? own, string name, Func<X509Certificate2?, bool> accept) => new()
    {
        TargetHost = name,
        EnabledSslProtocols = SslProtocols.Tls13,
        ApplicationProtocols = [Protocol],
        ClientCertificateContext = own?.Context,
        RemoteCertificateValidationCallback = (_, certificate, _, _) => accept(certificate as X509Certificate2),
        CertificateChainPolicy = ChainPolicy(),
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        AllowRenegotiation = false,
        AllowTlsResume = false,
    };

    /// <summary>Makes the settings of an accepting side.</summary>
    /// <param name="own">What it shows.</param>
    /// <param name="accept">Judges what the other side shows; null: it need not show anything.</param>
    /// <returns>The settings.</returns>
    public static SslServerAuthenticationOptions OfAcceptor(KeyCertificate own, Func<X509Certificate2?, bool>? accept) => new()
    {
        EnabledSslProtocols = SslProtocols.Tls13,
        ApplicationProtocols = [Protocol],
        ServerCertificateContext = own.Context,
        ClientCertificateRequired = accept is not null,
        RemoteCertificateValidationCallback = (_, certificate, _, _) => accept is null || accept(certificate as X509Certificate2),
        CertificateChainPolicy = ChainPolicy(),
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        AllowRenegotiation = false,
        AllowTlsResume = false,
    };

    // No authority vouches for anybody, so the chain is of no interest, and nothing is looked up for it.
    private static X509ChainPolicy ChainPolicy() => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
        VerificationFlags = X509VerificationFlags.AllFlags,
    };
}
