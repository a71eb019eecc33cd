namespace AppNet.Security;

/// <summary>What strangers on a network may cost.</summary>
/// <param name="HandshakeTimeout">How long TLS may take to begin.</param>
/// <param name="HandshakeBytes">How many bytes the other side may send until it has.</param>
/// <param name="HandshakesAtOnce">How many handshakes of one listener are under way at once; the next ones wait to be accepted.</param>
internal sealed record TlsLimits(TimeSpan HandshakeTimeout, int HandshakeBytes, int HandshakesAtOnce)
{
    /// <summary>Gets the defaults.</summary>
    public static TlsLimits Default { get; } = new(TimeSpan.FromSeconds(5), 64 * 1024, 256);
}
