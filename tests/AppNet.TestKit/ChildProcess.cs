using System.Collections.ObjectModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace AppNet.TestKit;

/// <summary>
/// A process that a test starts and whose lines it reads. It never outlives the object: disposing kills it with what it
/// has started, and reaps it.
/// </summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _command;
    private readonly Lock _gate = new();

    // All guarded by _gate.
    private readonly List<string> _output = [];
    private readonly List<string> _errors = [];
    private readonly List<(Func<string, bool> Wanted, TaskCompletionSource<string> Seen)> _watchers = [];
    private bool _outputEnded;

    private ChildProcess(ProcessStartInfo start)
    {
        _command = $"{start.FileName} {string.Join(' ', start.ArgumentList)}";
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => OutputReceived(line.Data);
        _process.ErrorDataReceived += (_, line) => ErrorReceived(line.Data);
    }

    /// <summary>Gets its process id.</summary>
    public int Id => _process.Id;

    /// <summary>Gets whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Gets the lines it has printed up to now.</summary>
    public ReadOnlyCollection<string> Output
    {
        get
        {
            lock (_gate)
            {
                return _output.ToList().AsReadOnly();
            }
        }
    }

    /// <summary>Starts a process.</summary>
    /// <param name="fileName">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables to set, or with null to remove, beside this process' own.</param>
    /// <param name="workingDirectory">Its folder; null: this process' own.</param>
    /// <returns>The process, running.</returns>
    public static ChildProcess Start(
        string fileName,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string?>? environment = null,
        string? workingDirectory = null)
    {
        var start = new ProcessStartInfo(fileName, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = workingDirectory ?? string.Empty,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        var child = new ChildProcess(start);
        child._process.Start();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Starts a .NET program by its assembly, with the runtime that runs this process.</summary>
    /// <param name="assembly">The path of its <c>.dll</c>.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables to set, or with null to remove, beside this process' own.</param>
    /// <returns>The process, running.</returns>
    public static ChildProcess StartAssembly(
        string assembly, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";
        return Start(host, ["exec", assembly, .. arguments], environment);
    }

    /// <summary>Waits for a line of its output, among those printed already too.</summary>
    /// <param name="wanted">Says which; runs under a lock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The first such line.</returns>
    /// <exception cref="InvalidOperationException">The output ended without it; the message holds all that was printed.</exception>
    public async Task<string> WaitForLineAsync(Func<string, bool> wanted, CancellationToken cancellationToken)
    {
        Task<string> seen;
        lock (_gate)
        {
            if (_output.Find(line => wanted(line)) is { } known)
            {
                return known;
            }

            if (_outputEnded)
            {
                throw new InvalidOperationException($"The line never came. {this}");
            }

            var watcher = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            _watchers.Add((wanted, watcher));
            seen = watcher.Task;
        }

        try
        {
            return await seen.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException canceled) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException($"Gave up waiting for a line. {this}", canceled, cancellationToken);
        }
    }

    /// <summary>Writes a line to its input.</summary>
    /// <param name="line">The line.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when it is handed over.</returns>
    public async Task WriteLineAsync(string line, CancellationToken cancellationToken)
    {
        await _process.StandardInput.WriteLineAsync(line.AsMemory(), cancellationToken);
        await _process.StandardInput.FlushAsync(cancellationToken);
    }

    /// <summary>Closes its input.</summary>
    public void CloseInput() => _process.StandardInput.Close();

    /// <summary>Waits until it has ended and all its output is read.</summary>
    /// <param name="cancellationToken">Ends the wait, not the process.</param>
    /// <returns>Its exit code; 128 and the signal's number when one killed it.</returns>
    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _process.WaitForExitAsync(cancellationToken);
            return _process.ExitCode;
        }
        catch (OperationCanceledException canceled) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException($"Gave up waiting for the end. {this}", canceled, cancellationToken);
        }
    }

    /// <summary>Kills it without a chance to say goodbye (SIGKILL).</summary>
    public void Kill() => _process.Kill();

    /// <summary>Freezes it (SIGSTOP): its sockets stay open, nothing in it moves.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when the signal is sent.</returns>
    public Task FreezeAsync(CancellationToken cancellationToken) => SignalAsync("STOP", cancellationToken);

    /// <summary>Lets it go on after <see cref="FreezeAsync"/> (SIGCONT).</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when the signal is sent.</returns>
    public Task ThawAsync(CancellationToken cancellationToken) => SignalAsync("CONT", cancellationToken);

    /// <summary>Sends it a signal.</summary>
    /// <param name="signal">Its name without <c>SIG</c>: <c>TERM</c>, <c>INT</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when the signal is sent.</returns>
    public async Task SignalAsync(string signal, CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", [$"-{signal}", Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancellationToken);
        if (kill.ExitCode != 0)
        {
            throw new InvalidOperationException($"SIG{signal} could not be sent. {this}");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            // SIGKILL ends a frozen process too.
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>Returns what a failure message should say of it.</summary>
    /// <returns>The command, whether it runs, and all that it printed.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        lock (_gate)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"Process `{_command}`, printed:");
            _output.ForEach(line => text.Append("  ").AppendLine(line));
            text.AppendLine("and on the error output:");
            _errors.ForEach(line => text.Append("  ").AppendLine(line));
        }

        return text.ToString();
    }

    private void OutputReceived(string? line)
    {
        lock (_gate)
        {
            if (line is null)
            {
                _outputEnded = true;
                _watchers.ForEach(watcher => watcher.Seen.TrySetException(
                    new InvalidOperationException($"The line never came. {this}")));
                _watchers.Clear();
                return;
            }

            _output.Add(line);
            foreach (var watcher in _watchers.Where(watcher => watcher.Wanted(line)).ToList())
            {
                _watchers.Remove(watcher);
                watcher.Seen.TrySetResult(line);
            }
        }
    }

    private void ErrorReceived(string? line)
    {
        if (line is not null)
        {
            lock (_gate)
            {
                _errors.Add(line);
            }
        }
    }
}
