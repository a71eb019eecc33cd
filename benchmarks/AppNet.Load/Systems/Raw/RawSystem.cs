using System.Net.Security;
using System.Net.Sockets;
using AppNet.Load.Workloads;

namespace AppNet.Load.Systems.Raw;

/// <summary>
/// The ceiling: the payload over bare blocking sockets. It runs no function: the server sends every frame back, and the
/// client adds the two numbers that returned.
/// </summary>
internal sealed class RawSystem : IEventSystem
{
    /// <inheritdoc/>
    public string Name => "raw";

    /// <inheritdoc/>
    public bool Supports(LoadTransport transport, string workload) =>
        workload is "W1" or "W2" or "W3" or "W5" or "WL" || (workload is "W4" or "W4L" && transport != LoadTransport.Tls);

    /// <inheritdoc/>
    public int FilesPerLink => 1;

    /// <inheritdoc/>
    public Task<ILoadServer> StartServerAsync(Endpoint endpoint, LoadCase load) =>
        Task.FromResult<ILoadServer>(load.IsOfEvents ? RawPublisher.Start(endpoint) : RawServer.Start(endpoint));

    /// <inheritdoc/>
    public Task<IAsyncDisposable> SubscribeAsync(Endpoint endpoint, Action<int> handler) =>
        Task.FromResult<IAsyncDisposable>(new RawSubscription(Connect(endpoint), handler));

    /// <inheritdoc/>
    public Task<IWorkloadClient> CreateClientAsync(Endpoint endpoint) =>
        Task.FromResult<IWorkloadClient>(new RawClient(Connect(endpoint)));

    private static Stream Connect(Endpoint endpoint)
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

        return stream;
    }
}
