using System.Net.Security;
using System.Net.Sockets;

namespace AppNet.Load.Systems;

/// <summary>The HTTP client's way to an endpoint, which may be a Unix domain socket.</summary>
internal static class LoadHandler
{
    /// <summary>Makes a handler with one connection of its own.</summary>
    /// <param name="endpoint">Where it connects, whatever the request's address says.</param>
    /// <returns>The handler.</returns>
    public static SocketsHttpHandler Create(Endpoint endpoint) => new()
    {
        ConnectCallback = async (_, cancellationToken) => await ConnectAsync(endpoint, cancellationToken),
        SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = ThrowawayCertificate.AcceptAny,
        },
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        EnableMultipleHttp2Connections = false,
    };

    private static async ValueTask<Stream> ConnectAsync(Endpoint endpoint, CancellationToken cancellationToken)
    {
        var socket = endpoint.CreateSocket();
        try
        {
            await socket.ConnectAsync(endpoint.SocketAddress, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
