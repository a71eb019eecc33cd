using System.Net;
using AppNet.Peers;
using AppNet.Security;
using AppNet.TestKit;
using AppNet.Tests.Discovery;
using Xunit;

namespace AppNet.Tests.Security;

/// <summary>
/// Hosts as seen over a network: each has a runtime directory and a key file of its own, and an address of the loopback network, which
/// its peers listen on for others. Disposing stops all peers.
/// </summary>
internal sealed class Hosts : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<LocalPeer> _peers = [];

    /// <summary>Gets what all peers log.</summary>
    public LogRecorder Log { get; } = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Names a host's key file.</summary>
    public string KeyFileOf(string host) => Path.Combine(_folder.Path, host, "config", "key");

    /// <summary>Gives hosts the same keys.</summary>
    public async Task ShareAsync(KeyRing ring, params string[] hosts)
    {
        foreach (var host in hosts)
        {
            _ = await new KeyFile(KeyFileOf(host), TimeProvider.System).ChangeAsync(_ => ring, Cancelled);
        }
    }

    /// <summary>Makes a peer, not started.</summary>
    public LocalPeer Make(string host, Action<NetOptions>? configure = null)
    {
        // Below the ports that systems give away by themselves; when one is taken, any will do.
        var options = new NetOptions
        {
            PortStart = 22_000 + (Environment.ProcessId % 100 * 50) + Random.Shared.Next(50),
            PortRange = 0,
            LoggerFactory = Log,
            KeyFile = KeyFileOf(host),
        };
        options.ListenOn.Add(IPAddress.Parse(host));
        configure?.Invoke(options);
        var runtime = Path.Combine(_folder.Path, host, "run");
        _ = Directory.CreateDirectory(Path.GetDirectoryName(runtime)!);
        var peer = new LocalPeer(options, (inForce, logger) => new HostHome(inForce, logger, [runtime]));
        _ = peer.Connect("add", (int a, int b) => a + b);
        _peers.Add(peer);
        return peer;
    }

    /// <summary>Makes a peer and starts it.</summary>
    public async Task<LocalPeer> StartAsync(string host, Action<NetOptions>? configure = null)
    {
        var peer = Make(host, configure);
        await peer.StartAsync(Cancelled);
        return peer;
    }

    /// <summary>Names where a peer is reached from another host.</summary>
    public static string AddressOf(LocalPeer peer, string host) => $"{host}:{peer.Port}";

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await Task.WhenAll(_peers.Select(peer => peer.StopAsync(now.Token)));
        _folder.Dispose();
    }
}
