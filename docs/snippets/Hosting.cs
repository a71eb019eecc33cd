using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace AppNet.Snippets.Hosting;

public interface IStore
{
    Task<string> Load(int frame, CancellationToken cancellationToken);
}

// <service>
public sealed class Renderer(IStore store)
{
    [Connect]
    public async Task<string> Render(int frame, CancellationToken cancellationToken) =>
        $"rendered {await store.Load(frame, cancellationToken)}";
}
// </service>

public static class Application
{
    public static async Task Run(string[] args)
    {
        // <add>
        WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
        builder.Services.AddScoped<Renderer>();
        builder.Services.AddAppNet(options => options.Group = "render");
        builder.Services.AddHealthChecks().AddCheck<PeerHealthCheck>("appnet");
        // </add>
        await using WebApplication app = builder.Build();
        await app.RunAsync();
    }

    public static async Task Call(Peer peer)
    {
        // <call>
        Console.WriteLine(await Renderer.Render(5, peer: peer));      // there, with a Renderer of that application
        Console.WriteLine(await Renderer.Render(5, peer: null));      // here, with one of this application
        // </call>
    }
}
