using AppNet.Peers;
using AppNet.TestKit;
using AppNet.Transport;
using Microsoft.Extensions.Logging;
using Xunit;

namespace AppNet.Tests.Events;

/// <summary>Peers of one test on a network in memory, which are stopped when it ends.</summary>
internal sealed class EventPeers : IAsyncDisposable
{
    private readonly List<LocalPeer> _peers = [];

    public MemoryNetwork Network { get; } = new();

    /// <summary>Without a line for each of the many events.</summary>
    public LogRecorder Log { get; } = new() { Minimum = LogLevel.Information };

    /// <summary>Ends a test that hangs.</summary>
    public CancellationToken Limit { get; } =
        CancellationTokenSource.CreateLinkedTokenSource(
            TestContext.Current.CancellationToken, new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System).Token).Token;

    public Task<LocalPeer> StartAsync(Action<NetOptions>? configure = null) => StartAsync(configure, wrap: null);

    public Task<LocalPeer> StartAsync(Action<NetOptions>? configure, Func<ITransport, ITransport>? wrap) =>
        StartAsync(configure, new MemoryHome(Network, wrap: wrap));

    /// <summary>Starts a peer on a host of another name.</summary>
    public Task<LocalPeer> StartOnAsync(string host) => StartAsync(null, new MemoryHome(Network, host));

    private async Task<LocalPeer> StartAsync(Action<NetOptions>? configure, MemoryHome home)
    {
        var options = new NetOptions { Network = Network, LoggerFactory = Log };
        configure?.Invoke(options);
        var peer = new LocalPeer(options, (_, _) => home);
        _peers.Add(peer);
        await peer.StartAsync(Limit);
        return peer;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var peer in _peers)
        {
            await peer.StopAsync(new CancellationToken(canceled: true));
        }
    }
}
