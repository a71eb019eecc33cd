using AppNet.Security;
using AppNet.TestKit;
using AppNet.Transport;

namespace AppNet.Tests.Security;

/// <summary>Transports of one network or of several, as their keys say.</summary>
internal static class TlsPeers
{
    public static TlsLimits Limits { get; } = TlsLimits.Default with { HandshakeTimeout = TimeSpan.FromSeconds(30) };

    public static KeyRing SharedRing(NetworkKey? older = null) => new(NetworkKey.Make(), older, IsShared: true);

    public static TlsTransport Transport(KeyRing? ring, LogRecorder? log = null, TlsLimits? limits = null, int failuresPerMinute = 10_000, TimeProvider? time = null)
    {
        var clock = time ?? TimeProvider.System;
        return new TlsTransport(
            new Credentials(ring), limits ?? Limits, new FailureLimit(failuresPerMinute, clock), clock, (log ?? new LogRecorder()).CreateLogger("AppNet"));
    }

    public static TransportAddress AnyPort(string host = "127.0.0.1") => new(TlsTransport.TransportName, host, 0);
}
