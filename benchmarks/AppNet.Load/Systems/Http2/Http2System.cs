using AppNet.Load.Workloads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AppNet.Load.Systems.Http2;

/// <summary>
/// What a .NET user has in the box: Kestrel's minimal API and <see cref="HttpClient"/> over one HTTP/2 connection, with
/// System.Text.Json for the numbers and a plain body for the bytes.
/// </summary>
internal sealed class Http2System : ISystem
{
    // Kestrel's default of 100 would make 156 of 256 callers wait at the client.
    private const int StreamsPerConnection = 1024;

    /// <inheritdoc/>
    public string Name => "http2";

    /// <inheritdoc/>
    public bool Supports(LoadTransport transport, string workload) => workload is "W1" or "W2" or "W3" or "W5";

    /// <inheritdoc/>
    public int FilesPerLink => 1;

    /// <inheritdoc/>
    public async Task<ILoadServer> StartServerAsync(Endpoint endpoint, LoadCase load) => await KestrelHost.StartAsync(
        endpoint, HttpProtocols.Http2, limits => limits.Http2.MaxStreamsPerConnection = StreamsPerConnection, Map);

    /// <inheritdoc/>
    public Task<IWorkloadClient> CreateClientAsync(Endpoint endpoint) =>
        Task.FromResult<IWorkloadClient>(new Http2Client(endpoint));

    private static void Map(WebApplication application)
    {
        application.MapPost("/add", async (HttpContext context) =>
        {
            var request = await context.Request.ReadFromJsonAsync(Http2Json.Default.AddRequest);
            await context.Response.WriteAsJsonAsync(
                new AddAnswer(request!.Left + request.Right), Http2Json.Default.AddAnswer);
        });
        application.MapPost("/echo", async (HttpContext context) =>
        {
            var payload = new byte[context.Request.ContentLength!.Value];
            await context.Request.Body.ReadExactlyAsync(payload);
            context.Response.ContentLength = payload.Length;
            await context.Response.Body.WriteAsync(payload);
        });
    }
}
