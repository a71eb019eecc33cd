using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AppNet.Load.Systems;

/// <summary>A Kestrel server at an endpoint, without logging.</summary>
internal sealed class KestrelHost : ILoadServer
{
    private readonly WebApplication _application;

    private KestrelHost(WebApplication application, Endpoint endpoint)
    {
        _application = application;
        Endpoint = endpoint;
    }

    /// <inheritdoc/>
    public Endpoint Endpoint { get; }

    /// <summary>Starts it.</summary>
    /// <param name="endpoint">Where to listen.</param>
    /// <param name="protocols">The version of HTTP; only one, as without TLS there is none to agree on.</param>
    /// <param name="limit">Sets limits.</param>
    /// <param name="map">Adds what it answers.</param>
    /// <returns>The server.</returns>
    public static async Task<KestrelHost> StartAsync(
        Endpoint endpoint, HttpProtocols protocols, Action<KestrelServerLimits> limit, Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(server =>
        {
            limit(server.Limits);
            server.Listen(endpoint.SocketAddress, listen => Configure(listen, endpoint, protocols));
        });
        var application = builder.Build();
        map(application);
        await application.StartAsync();
        return new(application, BoundEndpoint(application, endpoint));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static void Configure(ListenOptions listen, Endpoint endpoint, HttpProtocols protocols)
    {
        listen.Protocols = protocols;
        if (endpoint.IsEncrypted)
        {
            listen.UseHttps(ThrowawayCertificate.Create());
        }
    }

    private static Endpoint BoundEndpoint(WebApplication application, Endpoint endpoint)
    {
        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        return endpoint.Transport == LoadTransport.Uds
            ? endpoint
            : endpoint.AtPort(new Uri(addresses!.Addresses.Single()).Port);
    }
}
