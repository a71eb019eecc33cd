using System.Net.Security;
using System.Net.Sockets;

namespace AppNet.Load.Systems.Raw;

/// <summary>
/// The ceiling: the payload over bare blocking sockets. It runs no function: the server sends every frame back, and the
/// client adds the two numbers that returned.
/// </summary>
internal sealed class RawSystem : ISystem
{
    /// <inheritdoc/>
    public string Name => "raw";

    /// <inheritdoc/>
    public bool Supports(LoadTransport transport, string workload) => workload is "W1" or "W2" or "W3" or "W5";

    /// <inheritdoc/>
    public Task<ILoadServer> StartServerAsync(Endpoint endpoint) =>
        Task.FromResult<ILoadServer>(RawServer.Start(endpoint));

    /// <inheritdoc/>
    public Task<IWorkloadClient> CreateClientAsync(Endpoint endpoint)
    {
        var socket = endpoint.CreateSocket();
        socket.Connect(endpoint.SocketAddress);
        Stream stream = new NetworkStream(socket, ownsSocket: true);
        if (endpoint.IsEncrypted)
        {
            var tls = new SslStream(stream, leaveInnerStreamOpen: false, ThrowawayCertificate.AcceptAny);
            tls.AuthenticateAsClient(ThrowawayCertificate.HostName);
            stream = tls;
        }

        return Task.FromResult<IWorkloadClient>(new RawClient(stream));
    }
}
