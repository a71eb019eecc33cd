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
    /// <exception cref="InvalidOperationException">The process ended before that.</exception>
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
        await second.FindAsync();
        return second;
    }

    /// <summary>Ends the process and waits for it.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task FindAsync()
    {
        var found = WatchAsync();
        if (await Task.WhenAny(found, _process.WaitForExitAsync()) != found)
        {
            throw new InvalidOperationException($"The second process ended with code {_process.ExitCode} before it was found.");
        }

        await found;
    }

    private async Task WatchAsync()
    {
        await foreach (var change in Net.WatchPeersAsync())
        {
            if (change.Kind == PeerChangeKind.Joined && change.Info.ProcessId == _process.Id)
            {
                return;
            }
        }
    }
}
