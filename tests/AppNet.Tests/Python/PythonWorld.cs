using System.Text;
using System.Text.Json;
using AppNet.Connections;
using AppNet.Peers;
using AppNet.TestKit;
using AppNet.Transport;
using Xunit;

namespace AppNet.Tests.Python;

/// <summary>A peer on a network in memory that deals with Python peers, and the functions that the recorded exchanges call.</summary>
internal sealed class PythonWorld : IAsyncDisposable
{
    private const string Host = "127.0.0.1";

    private readonly List<LocalPeer> _peers = [];

    public MemoryNetwork Network { get; } = new();

    public LogRecorder Log { get; } = new();

    /// <summary>Ends a test that hangs.</summary>
    public CancellationToken Limit { get; } =
        CancellationTokenSource.CreateLinkedTokenSource(
            TestContext.Current.CancellationToken, new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System).Token).Token;

    public ITransport Transport => field ??= Network.OpenTransport(Host);

    public static TransportAddress AddressOf(LocalPeer peer) => new(MemoryTransport.TransportName, peer.Host, peer.Port);

    public async Task<LocalPeer> StartAsync(Action<NetOptions>? configure = null)
    {
        // Memory gives out ports from 40,000 on.
        var options = new NetOptions { Network = Network, LoggerFactory = Log, Python = true, PortStart = 40_000 };
        configure?.Invoke(options);
        var peer = new LocalPeer(options, (_, _) => new MemoryHome(Network, Host));
        _peers.Add(peer);
        Offer(peer);
        await peer.StartAsync(Limit);
        return peer;
    }

    /// <summary>Sends a request as it is, in pieces if need be, and reads the answer to its end.</summary>
    public async Task<byte[]> AskAsync(LocalPeer peer, byte[] request, int pieceSize = int.MaxValue, bool endsSending = false)
    {
        using var duplex = await Transport.ConnectAsync(AddressOf(peer), Limit);
        for (var at = 0; at < request.Length; at += Math.Min(pieceSize, request.Length))
        {
            var size = Math.Min(Math.Min(pieceSize, request.Length), request.Length - at);
            await duplex.SendAsync([new ArraySegment<byte>(request, at, size)], Limit);
        }

        if (endsSending)
        {
            duplex.CompleteSending();
        }

        return await ReadToEndAsync(duplex, Limit);
    }

    public Task<byte[]> AskAsync(LocalPeer peer, string request) => AskAsync(peer, Encoding.UTF8.GetBytes(request));

    public static async Task<byte[]> ReadToEndAsync(IDuplex duplex, CancellationToken limit)
    {
        var answer = new List<byte>();
        var buffer = new byte[4096];
        while (await duplex.ReceiveAsync(buffer, limit) is > 0 and var count)
        {
            answer.AddRange(buffer.AsSpan(0, count));
        }

        return [.. answer];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var peer in _peers)
        {
            await peer.StopAsync(new CancellationToken(canceled: true));
        }
    }

    /// <summary>The functions of the recorded callee, each with the name that Python gives it.</summary>
    private static void Offer(LocalPeer peer)
    {
        Add("calc.multiply_values", "calc.multiply_values", (JsonElement a, JsonElement b) => a.GetInt64() * b.GetInt64());
        Add("MultiplyValues", "calc.multiply_tagged", (long a, long b) => a * b);
        Add("Concat", "calc.concat", (string a, string b = "") => a + b);
        Add("Fail", "calc.fail", Fail);
        Add("LongFail", "calc.long_fail", LongFail);
        Add("UnicodeFail", "calc.unicode_fail", UnicodeFail);
        Add("Echo", "calc.echo", (JsonElement value) => value);
        Add("Repeat", "calc.repeat", (string text, int count) => string.Concat(Enumerable.Repeat(text, count)));
        Add("GiveFlag", "calc.give_flag", (string name) => (object?)Flag.Of(name));
        Add("Pair", "calc.pair", () => new[] { 1, 2 });
        Add("Slow", "calc.slow", (JsonElement seconds) => seconds);

        void Add(string tag, string name, Delegate function)
        {
            ConnectionDefinition definition = new NamedFunction(tag, name, function);
            _ = peer.Offer(definition);
        }
    }

    private static int Fail() => throw new InvalidOperationException("boom");

    private static int LongFail(int size) => throw new InvalidOperationException(new string('x', size));

    private static int UnicodeFail() => throw new InvalidOperationException("café");
}
