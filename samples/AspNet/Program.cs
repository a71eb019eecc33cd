using AppNet;
using AspNet;

// A web application that is a peer too: its functions are called over HTTP, and by other peers.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.Services.AddSingleton<RenderCount>();
builder.Services.AddScoped<Renderer>();
builder.Services.AddAppNet();
builder.Services.AddHealthChecks().AddCheck<PeerHealthCheck>("appnet");

var app = builder.Build();
app.MapHealthChecks("/health");

// Here, through the same pipeline that a call from another peer takes.
app.MapGet("/render/{frame:int}", (int frame, CancellationToken cancellationToken) =>
    Renderer.Render(frame, peer: null, cancellationToken));

// On each of the other peers of the group: start this program twice.
app.MapGet("/render/{frame:int}/elsewhere", async (int frame, LocalPeer peer, CancellationToken cancellationToken) =>
{
    var others = await peer.GetPeersAsync(["web"], cancellationToken: cancellationToken);
    return await Task.WhenAll(others.Select(other => Renderer.Render(frame, peer: other, cancellationToken)));
});

app.MapGet("/peers", async (LocalPeer peer, CancellationToken cancellationToken) =>
    (await peer.GetPeersAsync(refresh: true, cancellationToken: cancellationToken)).Select(other => other.ToString()));

await app.RunAsync();
