using System.Net.WebSockets;
using AppNet.Load.Workloads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AppNet.Load.Systems.WebSockets;

/// <summary>
/// What many write themselves: Kestrel and <see cref="ClientWebSocket"/>, JSON calls and answers with an id over one
/// socket. All that is queued while a send is under way goes into the next message, one JSON text a line.
/// </summary>
internal sealed class WebSocketSystem : ISystem
{
    private const string Path = "/link";

    /// <inheritdoc/>
    public string Name => "websocket";

    /// <inheritdoc/>
    public bool Supports(LoadTransport transport, string workload) => workload is "W1" or "W2" or "W3" or "W5";

    /// <inheritdoc/>
    public int FilesPerLink => 1;

    /// <inheritdoc/>
    public async Task<ILoadServer> StartServerAsync(Endpoint endpoint, LoadCase load) =>
        await KestrelHost.StartAsync(endpoint, HttpProtocols.Http1, static _ => { }, Map);

    /// <inheritdoc/>
    public async Task<IWorkloadClient> CreateClientAsync(Endpoint endpoint)
    {
        var scheme = endpoint.IsEncrypted ? "wss" : "ws";
        var socket = new ClientWebSocket();
        using var connector = new HttpMessageInvoker(LoadHandler.Create(endpoint));
        await socket.ConnectAsync(
            new Uri($"{scheme}://{ThrowawayCertificate.HostName}{Path}"), connector, CancellationToken.None);
        return new WebSocketLoadClient(socket);
    }

    private static void Map(WebApplication application)
    {
        application.UseWebSockets();
        application.Map(Path, async (HttpContext context) =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await WebSocketAnswers.RunAsync(socket);
        });
    }
}
