using System.Diagnostics;
using AppNet;

namespace Multiply;

/// <summary>A second process of this program, which is a peer until its standard input ends.</summary>
internal sealed class SecondPeer : IAsyncDisposable
{
    private readonly Process _process;

    private SecondPeer(Process process)
    {
        _process = process;
    }

    /// <summary>Starts the process and waits until it is found.</summary>
    public static async Task<SecondPeer> StartAsync()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            // Run as `dotnet Multiply.dll`.
            start.ArgumentList.Add(typeof(SecondPeer).Assembly.Location);
        }

        start.ArgumentList.Add("serve");
        start.ArgumentList.Add("--until-input-ends");
        var second = new SecondPeer(Process.Start(start)!);
        await foreach (var change in Net.WatchPeersAsync())
        {
            if (change.Kind == PeerChangeKind.Joined && change.Info.ProcessId == second._process.Id)
            {
                break;
            }
        }

        return second;
    }

    /// <summary>Ends the process and waits for it.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
