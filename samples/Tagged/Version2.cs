using System.Diagnostics;
using System.Reflection;
using AppNet;

namespace Shop;

/// <summary>A process that runs version 2 of the app, until its input ends.</summary>
internal sealed class Version2 : IAsyncDisposable
{
    private readonly Process _process;

    private Version2(Process process, Peer peer)
    {
        _process = process;
        Peer = peer;
    }

    /// <summary>Gets the peer that it is.</summary>
    public Peer Peer { get; }

    /// <summary>Starts the process and waits until it is found.</summary>
    public static async Task<Version2> StartAsync()
    {
        var assembly = typeof(Version2).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Version2").Value!;
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(dotnet, [assembly, "serve", "--until-input-ends"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        var process = Process.Start(start)!;
        await foreach (var change in Net.WatchPeersAsync())
        {
            if (change.Kind == PeerChangeKind.Joined && change.Info.ProcessId == process.Id)
            {
                return new Version2(process, Net.GetPeer(change.Info.Id));
            }
        }

        throw new InvalidOperationException("This peer has stopped.");
    }

    /// <summary>Ends the process and waits for it.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
