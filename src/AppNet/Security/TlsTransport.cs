using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using AppNet.Transport;
using Microsoft.Extensions.Logging;

namespace AppNet.Security;

/// <summary>
/// Brings bytes over TCP inside TLS between those who have one key. Who listens gives out only what has proved itself; who connects has
/// seen the other side do so, and learns by what it then says whether it was itself accepted.
/// </summary>
internal sealed class TlsTransport : ITransport
{
    /// <summary>The name in addresses.</summary>
    public const string TransportName = "tls";

    private readonly TcpTransport _tcp = new();
    private readonly Credentials _credentials;
    private readonly TlsLimits _limits;
    private readonly FailureLimit _failures;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <summary>Makes the transport.</summary>
    /// <param name="credentials">The keys.</param>
    /// <param name="limits">What strangers may cost.</param>
    /// <param name="failures">Who has failed too often.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where strangers are reported.</param>
    public TlsTransport(Credentials credentials, TlsLimits limits, FailureLimit failures, TimeProvider time, ILogger logger)
    {
        _credentials = credentials;
        _limits = limits;
        _failures = failures;
        _time = time;
        _logger = logger;
    }

    /// <inheritdoc/>
    public string Name => TransportName;

    /// <inheritdoc/>
    public IDuplexListener Listen(TransportAddress address)
    {
        ThrowIfImpossible();
        return new TlsListener(_tcp.Listen(address), ShakeAsAcceptorAsync, _limits, _failures, _time, _logger);
    }

    /// <inheritdoc/>
    public async ValueTask<IDuplex> ConnectAsync(TransportAddress address, CancellationToken cancellationToken)
    {
        ThrowIfImpossible();
        var own = _credentials.Certificates[0];
        while (true)
        {
            KeyCertificate? other = null;
            try
            {
                return await ConnectAsync(address, own, TlsNames.Of(own.Key), Judge, cancellationToken).ConfigureAwait(false);
            }
            catch (NotAcceptedException) when (other is not null)
            {
                // It has only the older of the keys that are valid here: once more, with that one.
                own = other;
            }

            string? Judge(X509Certificate2? presented)
            {
                other = presented is null || own.Matches(presented, Now) ? null : Find(presented);
                return presented is null ? "It showed no certificate."
                    : own.Matches(presented, Now) ? null
                    : other is not null ? "It uses another of the keys that are valid here."
                    : "It has another key. Peers of two networks don't speak with each other";
            }
        }
    }

    /// <summary>Connects to whoever shows a certificate that an invitation names.</summary>
    /// <param name="address">Where it listens.</param>
    /// <param name="fingerprint">The certificate's fingerprint.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The duplex, on which the other side has proved itself and this one has not.</returns>
    /// <exception cref="NotAcceptedException">Somebody else listens there.</exception>
    /// <exception cref="IOException">Nobody listens there, or the way is barred.</exception>
    public ValueTask<IDuplex> ConnectToInviterAsync(TransportAddress address, byte[] fingerprint, CancellationToken cancellationToken)
    {
        ThrowIfUnsupported();
        return ConnectAsync(
            address,
            own: null,
            TlsNames.Join,
            presented => presented is not null
                && System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(KeyCertificate.FingerprintOf(presented), fingerprint)
                    ? null
                    : "It is not the one that the invitation is from.",
            cancellationToken);
    }

    /// <summary>
    /// Gets or sets who answers somebody that comes with an invitation, and so proves itself inside of TLS; null while there is none: it
    /// is then refused as anybody without a certificate. Its duplex goes to nobody else. Set before listening.
    /// </summary>
    public Func<IDuplex, CancellationToken, Task>? Joining { get; set; }

    private DateTimeOffset Now => _time.GetUtcNow();

    private async ValueTask<IDuplex> ConnectAsync(
        TransportAddress address,
        KeyCertificate? own,
        string name,
        Func<X509Certificate2?, string?> judge,
        CancellationToken cancellationToken)
    {
        var inner = await _tcp.ConnectAsync(address with { Transport = TcpTransport.TransportName }, cancellationToken).ConfigureAwait(false);
        string? problem = null;
        var duplex = new TlsDuplex(inner, _limits.HandshakeBytes);
        try
        {
            await duplex.AuthenticateAsync(
                (tls, token) => tls.AuthenticateAsClientAsync(
                    TlsSettings.OfDialler(own, name, presented => (problem = judge(presented)) is null), token),
                cancellationToken).ConfigureAwait(false);
            return duplex;
        }
        catch (NotAcceptedException exception) when (problem is not null)
        {
            throw new NotAcceptedException(problem, exception);
        }
    }

    private async Task<bool> ShakeAsAcceptorAsync(TlsDuplex duplex, CancellationToken cancellationToken)
    {
        string? problem = null;
        var isJoining = false;
        try
        {
            await duplex.AuthenticateAsync(
                (tls, token) => tls.AuthenticateAsServerAsync((_, hello, _, _) => ValueTask.FromResult(Settings(hello.ServerName)), null, token),
                cancellationToken).ConfigureAwait(false);
        }
        catch (NotAcceptedException exception) when (problem is not null)
        {
            throw new NotAcceptedException(problem, exception);
        }

        if (isJoining)
        {
            await Joining!(duplex, cancellationToken).ConfigureAwait(false);
        }

        return !isJoining;

        SslServerAuthenticationOptions Settings(string name)
        {
            var own = TlsNames.Find(name, _credentials.Certificates);
            isJoining = Joining is not null && string.Equals(name, TlsNames.Join, StringComparison.Ordinal);
            return isJoining
                ? TlsSettings.OfAcceptor(own, accept: null)
                : TlsSettings.OfAcceptor(own, presented => (problem = Judge(presented)) is null);
        }

        string? Judge(X509Certificate2? presented) =>
            presented is null ? "It has no certificate: it is no peer of this network."
            : Find(presented) is null ? "It has another key, or one that is no longer valid."
            : null;
    }

    private KeyCertificate? Find(X509Certificate2 presented) =>
        _credentials.Certificates.FirstOrDefault(certificate => certificate.Matches(presented, Now));

    private void ThrowIfImpossible()
    {
        ThrowIfUnsupported();
        if (_credentials.Certificates.Count == 0)
        {
            throw new IOException("There is no key yet, so nobody can be proved over a network. Invite or join first.");
        }
    }

    private static void ThrowIfUnsupported()
    {
        if (!TlsSettings.IsSupported)
        {
            throw new IOException("This platform has no TLS 1.3 for servers, so its peers stay on their host.");
        }
    }
}
