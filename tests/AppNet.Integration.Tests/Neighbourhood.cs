using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using AppNet.Peers;
using AppNet.TestKit;
using Xunit;

namespace AppNet.Integration.Tests;

/// <summary>
/// A runtime directory and a range of ports for one test alone, with the peers that live there: processes of their own, and peers in
/// this process. Disposing ends them all.
/// </summary>
internal sealed class Neighbourhood : IAsyncDisposable
{
    /// <summary>How long a test may take: so long that only one that hangs fails by it, also where the machine is busy.</summary>
    public const int Patience = 180_000;

    private const int PortRange = 5;

    private static int _count;

    private readonly List<ChildProcess> _processes = [];
    private readonly List<LocalPeer> _peers = [];

    /// <summary>Gets the runtime directory.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("appnet-").FullName;

    /// <summary>Gets the first port. The ranges lie below the ports that systems give away by themselves.</summary>
    public int PortStart { get; } =
        12_000 + (Environment.ProcessId % 100 * 200) + (Interlocked.Increment(ref _count) % 20 * 10);

    /// <summary>Gets the last port.</summary>
    public int PortEnd => PortStart + PortRange;

    /// <summary>Gets what the peers of this process log.</summary>
    public LogRecorder Log { get; } = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Starts another process that is a peer, and waits until it says who it is.</summary>
    /// <param name="verb">What it does.</param>
    /// <param name="environment">Variables of its own.</param>
    /// <returns>The process.</returns>
    public async Task<PeerProcess> StartPeerAsync(string verb = "serve", params (string Name, string Value)[] environment)
    {
        var process = StartProgram(Programs.Neighbour, [verb], environment);
        var line = await process.WaitForLineAsync(line => line.StartsWith("peer ", StringComparison.Ordinal), Cancelled);
        return line.Split(' ') is [_, var id, var instance]
            ? new PeerProcess(process, PeerId.Parse(id), Guid.Parse(instance))
            : throw new InvalidOperationException(line);
    }

    /// <summary>Starts a program here.</summary>
    /// <param name="assembly">Its assembly.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables of its own.</param>
    /// <returns>The process.</returns>
    public ChildProcess StartProgram(
        string assembly, IEnumerable<string> arguments, params ReadOnlySpan<(string Name, string Value)> environment)
    {
        var process = ChildProcess.StartAssembly(assembly, arguments, Variables(environment));
        _processes.Add(process);
        return process;
    }

    /// <summary>Returns the variables that make a process live here.</summary>
    /// <param name="others">More of them.</param>
    /// <returns>The variables.</returns>
    public IReadOnlyDictionary<string, string?> Variables(params ReadOnlySpan<(string Name, string Value)> others)
    {
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["NET_RUNTIME_DIR"] = Folder,
            ["NET_PORT_START"] = PortStart.ToString(CultureInfo.InvariantCulture),
            ["NET_PORT_RANGE"] = PortRange.ToString(CultureInfo.InvariantCulture),
            ["NET_PORT"] = null,
            ["NET_GROUP"] = null,
            ["NET_IS_HUB"] = null,
            ["NET_PYTHON"] = null,
        };
        foreach (var (name, value) in others)
        {
            variables[name] = value;
        }

        return variables;
    }

    /// <summary>Starts a peer in this process.</summary>
    /// <param name="configure">Sets options.</param>
    /// <returns>The peer.</returns>
    public async Task<LocalPeer> StartLocalAsync(Action<NetOptions>? configure = null)
    {
        var options = new NetOptions { PortStart = PortStart, PortRange = PortRange, LoggerFactory = Log };
        configure?.Invoke(options);
        var peer = new LocalPeer(options, (inForce, logger) => new HostHome(inForce, logger, [Folder]));
        _peers.Add(peer);
        await peer.StartAsync(Cancelled);
        return peer;
    }

    /// <summary>Returns the instances that are listed here.</summary>
    /// <returns>Their entries' file names.</returns>
    public string[] Entries() => [.. Directory.GetFiles(Folder, "*.json").Select(path => Path.GetFileNameWithoutExtension(path))];

    /// <inheritdoc/>
    [SuppressMessage("Reliability", "CA2025", Justification = "All are awaited.")]
    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await Task.WhenAll(_peers.Select(peer => peer.StopAsync(now.Token)));
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }
}
