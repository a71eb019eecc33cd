using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AppNet.Load.Systems;

/// <summary>Where a server is.</summary>
/// <param name="Transport">What carries the bytes.</param>
/// <param name="Address">
/// <c>127.0.0.1:port</c>, or a socket's path. A system whose clients need more may give an address of its own.
/// </param>
internal sealed record Endpoint(LoadTransport Transport, string Address)
{
    /// <summary>Gets the address to bind or connect a socket to.</summary>
    public EndPoint SocketAddress =>
        Transport == LoadTransport.Uds ? new UnixDomainSocketEndPoint(Address) : IPEndPoint.Parse(Address);

    /// <summary>Gets whether the bytes are encrypted.</summary>
    public bool IsEncrypted => Transport == LoadTransport.Tls;

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <param name="text">Such as <c>tcp:127.0.0.1:5000</c>.</param>
    /// <returns>The endpoint.</returns>
    public static Endpoint Parse(string text)
    {
        var parts = text.Split(':', 2);
        return new(Enum.Parse<LoadTransport>(parts[0], ignoreCase: true), parts[1]);
    }

    /// <summary>The same transport at a port that is known now.</summary>
    /// <param name="port">The port.</param>
    /// <returns>The endpoint.</returns>
    public Endpoint AtPort(int port) =>
        this with { Address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}") };

    /// <summary>Makes a socket for the transport.</summary>
    /// <returns>The socket, neither bound nor connected.</returns>
    public Socket CreateSocket() => Transport == LoadTransport.Uds
        ? new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
        : new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    /// <inheritdoc/>
    public override string ToString() => $"{Transport.ToString().ToLowerInvariant()}:{Address}";
}
