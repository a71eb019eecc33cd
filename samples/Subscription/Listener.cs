using System.Diagnostics;

namespace Headlines;

/// <summary>A process of this program that listens. What it prints is printed here too, behind its name.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private readonly string _name;
    private readonly string _lastLine;
    private readonly Process _process;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _printing;

    private Listener(string name, string lastLine, Process process)
    {
        _name = name;
        _lastLine = lastLine;
        _process = process;
        _printing = PrintAsync();
    }

    /// <summary>Starts the process and waits until it listens.</summary>
    public static async Task<Listener> StartAsync(string name, string lastLine)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            // Run as `dotnet Subscription.dll`.
            start.ArgumentList.Add(typeof(Listener).Assembly.Location);
        }

        start.ArgumentList.Add("listen");
        start.ArgumentList.Add("--until-input-ends");
        var listener = new Listener(name, lastLine, Process.Start(start)!);
        await Task.WhenAny(listener._ready.Task, listener._printing);
        return listener;
    }

    /// <summary>Waits until the process has printed the last line, or has ended.</summary>
    public Task UntilLastLineAsync() => Task.WhenAny(_done.Task, _printing);

    /// <summary>Ends the process and waits for it.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _printing;
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task PrintAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            Console.WriteLine($"{_name,-8}{line}");
            _ready.TrySetResult();
            if (line.EndsWith(_lastLine, StringComparison.Ordinal))
            {
                _done.TrySetResult();
            }
        }
    }
}
