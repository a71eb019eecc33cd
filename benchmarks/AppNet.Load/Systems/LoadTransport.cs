namespace AppNet.Load.Systems;

/// <summary>What carries the bytes.</summary>
internal enum LoadTransport
{
    /// <summary>TCP over the loopback interface.</summary>
    Tcp,

    /// <summary>A Unix domain socket.</summary>
    Uds,

    /// <summary>TLS over loopback TCP, with a certificate made at the start of the server.</summary>
    Tls,
}
