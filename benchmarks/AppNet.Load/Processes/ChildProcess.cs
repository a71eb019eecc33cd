using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace AppNet.Load.Processes;

/// <summary>This program, started once more. Disposing it ends it.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly string _name;

    private ChildProcess(Process process, string name)
    {
        _process = process;
        _name = name;
    }

    /// <summary>Starts it.</summary>
    /// <param name="arguments">Its verb and order.</param>
    /// <param name="pinning">Which cores it gets.</param>
    /// <param name="peers">The folder in which peers list themselves: one of its own, so that no other peer of the user takes part.</param>
    /// <returns>The process.</returns>
    public static ChildProcess Start(string[] arguments, Pinning pinning, string peers)
    {
        var command = CommandLine(arguments, pinning);
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["NET_RUNTIME_DIR"] = peers;
        if (pinning == Pinning.Same)
        {
            // A process on one core sees one processor, and .NET then takes other paths than users have.
            start.Environment["DOTNET_PROCESSOR_COUNT"] = "2";
        }

        try
        {
            var process = Process.Start(start) ?? throw new LoadException($"'{command[0]}' did not start.");
            if (pinning == Pinning.Same && OperatingSystem.IsWindows())
            {
                process.ProcessorAffinity = 1;
            }

            return new(process, string.Join(' ', arguments));
        }
        catch (Win32Exception missing)
        {
            throw new LoadException($"'{command[0]}' can't be started: {missing.Message}.", missing);
        }
    }

    /// <summary>Writes a line to it.</summary>
    /// <param name="line">The line.</param>
    /// <returns>A task that ends when the line is handed over.</returns>
    public async Task WriteAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Waits for its next line.</summary>
    /// <param name="timeout">For how long.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The line.</returns>
    /// <exception cref="LoadException">It has ended, or said nothing in time.</exception>
    public async Task<string> ReadAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            return await _process.StandardOutput.ReadLineAsync(cancellationToken).AsTask()
                    .WaitAsync(timeout, TimeProvider.System, cancellationToken)
                ?? throw new LoadException($"The process '{_name}' has ended.");
        }
        catch (TimeoutException late)
        {
            throw new LoadException($"The process '{_name}' has said nothing for {timeout.TotalSeconds:0} s.", late);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        try
        {
            await _process.WaitForExitAsync().WaitAsync(TimeToEnd, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static string[] CommandLine(string[] arguments, Pinning pinning)
    {
        var self = Environment.ProcessPath ?? throw new LoadException("The path of this program is unknown.");
        string[] program = Path.GetFileNameWithoutExtension(self) is "dotnet"
            ? [self, Path.Combine(AppContext.BaseDirectory, "AppNet.Load.dll"), .. arguments]
            : [self, .. arguments];

        // An affinity set from outside holds for one thread only on Linux; taskset sets it before the program begins.
        return pinning == Pinning.Same && OperatingSystem.IsLinux()
            ? ["taskset", "--cpu-list", LastCore(), .. program]
            : program;
    }

    private static string LastCore() => (Environment.ProcessorCount - 1).ToString(CultureInfo.InvariantCulture);
}
