using System.Net.Http.Json;
using AppNet.TestKit;
using Xunit;

namespace AppNet.Integration.Tests;

/// <summary>The sample that is a web application and a peer, as a process of its own.</summary>
public sealed class AspNetTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = Neighbourhood.Patience)]
    public async Task A_web_application_is_called_over_http_and_as_a_peer()
    {
        await using var here = new Neighbourhood();
        var (application, address) = await StartAsync(here);
        using var http = new HttpClient { BaseAddress = address };
        var local = await here.StartLocalAsync();
        var peer = Assert.Single(await local.GetPeersAsync(cancellationToken: Cancelled));

        var overHttp = await http.GetStringAsync(new Uri("/render/5", UriKind.Relative), Cancelled);
        var asPeer = await peer.InvokeAsync<string>("AspNet.Renderer.Render", [7], Cancelled);

        Assert.Equal($"frame 5, the 1. of process {application.Id}", overHttp);
        Assert.Equal($"frame 7, the 2. of process {application.Id}", asPeer);
        Assert.Equal("web", peer.Id.Group);
        Assert.Equal("renderer", peer.Info!.Values["role"]);
        Assert.Equal("Healthy", await http.GetStringAsync(new Uri("/health", UriKind.Relative), Cancelled));
        Assert.Equal([local.Id.ToFriendlyString()], await GetAsync(http, "/peers"));
    }

    [Fact(Timeout = Neighbourhood.Patience)]
    public async Task Two_web_applications_call_each_other_and_leave_when_asked()
    {
        await using var here = new Neighbourhood();
        var (first, address) = await StartAsync(here);
        var (second, _) = await StartAsync(here);
        using var http = new HttpClient { BaseAddress = address };

        var rendered = await GetAsync(http, "/render/9/elsewhere");

        Assert.Equal([$"frame 9, the 1. of process {second.Id}"], rendered);
        foreach (var application in new[] { first, second })
        {
            await application.SignalAsync("TERM", Cancelled);
            Assert.Equal(0, await application.WaitForExitAsync(Cancelled));
        }

        Assert.Empty(Directory.GetFiles(here.Folder));
    }

    private static async Task<IEnumerable<string>> GetAsync(HttpClient http, string path) =>
        await http.GetFromJsonAsync<string[]>(new Uri(path, UriKind.Relative), Cancelled) ?? [];

    private static async Task<(ChildProcess Process, Uri Address)> StartAsync(Neighbourhood here)
    {
        const string Listening = "Now listening on: ";
        var process = here.StartProgram(
            Programs.Sample("AspNet"), [], ("ASPNETCORE_URLS", "http://127.0.0.1:0"), ("Logging__LogLevel__Microsoft.Hosting.Lifetime", "Information"));
        var line = await process.WaitForLineAsync(line => line.Contains(Listening, StringComparison.Ordinal), Cancelled);
        return (process, new Uri(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..]));
    }
}
