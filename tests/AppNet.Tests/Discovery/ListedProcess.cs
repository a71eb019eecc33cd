using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using AppNet.Discovery;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace AppNet.Tests.Discovery;

/// <summary>Another process that lists peers in a runtime directory until its input ends, or it is killed.</summary>
internal sealed class ListedProcess : IDisposable
{
    private const string FolderVariable = "APPNET_TESTS_LIST_IN";
    private const string CountVariable = "APPNET_TESTS_LIST_COUNT";

    private readonly Process _process;

    private ListedProcess(Process process)
    {
        _process = process;
    }

    public static async Task<ListedProcess> StartAsync(string folder, int count = 1)
    {
        var program = Path.ChangeExtension(typeof(ListedProcess).Assembly.Location, OperatingSystem.IsWindows() ? ".exe" : null);
        var start = new ProcessStartInfo(program) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment[FolderVariable] = folder;
        start.Environment[CountVariable] = $"{count}";
        var listed = new ListedProcess(Process.Start(start)!);
        var line = await listed._process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

        Assert.Equal("listed", line);
        return listed;
    }

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async Task EndAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }

    // The program of a test project belongs to its runner, so the other process takes its turn before it.
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "The only way into the process ahead of the runner.")]
    internal static void ListWhenAsked()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is not { } folder)
        {
            return;
        }

        var directory = new RuntimeDirectory([folder], TimeProvider.System, NullLogger.Instance);
        var count = int.Parse(Environment.GetEnvironmentVariable(CountVariable)!, System.Globalization.CultureInfo.InvariantCulture);
        var entries = new List<RuntimeEntry>();
        for (var i = 0; i < count; i++)
        {
            var instance = Guid.NewGuid();
            entries.Add(directory.Enter(instance));
            entries[i].Publish(new PeerRecord { Info = Sample.Info(instance, port: 4000 + i) });
        }

        Console.WriteLine("listed");
        _ = Console.In.ReadToEnd();
        entries.ForEach(entry => entry.Dispose());
        Environment.Exit(0);
    }
}
