using System.Net;
using System.Net.Http.Json;

namespace AppNet.Load.Systems.Http2;

/// <summary>One HTTP/2 connection; each call is a request on it.</summary>
internal sealed class Http2Client : IWorkloadClient
{
    private readonly HttpClient _http;
    private readonly Uri _add;
    private readonly Uri _echo;

    /// <summary>
    /// Initializes a new instance of the <see cref="Http2Client"/> class, which connects at its first call.
    /// </summary>
    /// <param name="endpoint">The server.</param>
    public Http2Client(Endpoint endpoint)
    {
        _http = new HttpClient(LoadHandler.Create(endpoint));
        var server = new Uri($"{(endpoint.IsEncrypted ? "https" : "http")}://{ThrowawayCertificate.HostName}");
        _add = new Uri(server, "/add");
        _echo = new Uri(server, "/echo");
    }

    /// <inheritdoc/>
    public async ValueTask<int> AddAsync(int left, int right)
    {
        using var content = JsonContent.Create(new AddRequest(left, right), Http2Json.Default.AddRequest);
        using var response = await PostAsync(_add, content);
        var answer = await response.Content.ReadFromJsonAsync(Http2Json.Default.AddAnswer);
        return answer!.Sum;
    }

    /// <inheritdoc/>
    public async ValueTask<byte[]> EchoAsync(byte[] payload)
    {
        using var content = new ByteArrayContent(payload);
        using var response = await PostAsync(_echo, content);
        return await response.Content.ReadAsByteArrayAsync();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<HttpResponseMessage> PostAsync(Uri uri, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, uri)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return response.EnsureSuccessStatusCode();
    }
}
