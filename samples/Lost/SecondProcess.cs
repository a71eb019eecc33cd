using System.Diagnostics;
using System.Globalization;
using AppNet;

namespace Lost;

/// <summary>A second process of this program, which is a peer. It does not outlive this one.</summary>
internal sealed class SecondProcess : IAsyncDisposable
{
    private readonly Process _process;

    private SecondProcess(Process process, Peer peer)
    {
        _process = process;
        Peer = peer;
    }

    /// <summary>Gets its process id.</summary>
    public int Id => _process.Id;

    /// <summary>Gets the peer that it is.</summary>
    public Peer Peer { get; }

    /// <summary>Starts the process and waits until it is found.</summary>
    public static async Task<SecondProcess> StartAsync()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            // Run as `dotnet Lost.dll`.
            start.ArgumentList.Add(typeof(SecondProcess).Assembly.Location);
        }

        start.ArgumentList.Add("serve");
        var process = Process.Start(start)!;
        var found = FindAsync(process.Id);
        return await Task.WhenAny(found, process.WaitForExitAsync()) == found
            ? new SecondProcess(process, await found)
            : throw new InvalidOperationException($"The second process ended with code {process.ExitCode} before it was found.");
    }

    /// <summary>Kills it: it has no chance to say goodbye, but the system closes its sockets.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Freezes it.</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    /// <summary>Ends it, frozen or not, and waits for that.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await SignalAsync("CONT");
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<Peer> FindAsync(int process)
    {
        await foreach (var change in Net.WatchPeersAsync())
        {
            if (change.Kind == PeerChangeKind.Joined && change.Info.ProcessId == process)
            {
                return Net.GetPeer(change.Info.Id);
            }
        }

        throw new InvalidOperationException("This peer has stopped.");
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }
}
