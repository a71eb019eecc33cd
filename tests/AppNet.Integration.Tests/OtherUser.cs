using System.Globalization;
using AppNet.TestKit;

namespace AppNet.Integration.Tests;

/// <summary>Runs the neighbour's program as a user who owns nothing here. For root alone.</summary>
internal sealed class OtherUser : IDisposable
{
    private const string Nobody = "65534";

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("appnet-other-");

    /// <summary>Copies the program to where the other user can read it.</summary>
    public OtherUser()
    {
        foreach (var path in Directory.GetFiles(Path.GetDirectoryName(Programs.Neighbour)!, "AppNet*")
            .Concat(Directory.GetFiles(Path.GetDirectoryName(Programs.Neighbour)!, "Microsoft.Extensions.*")))
        {
            File.Copy(path, Path.Combine(_home.FullName, Path.GetFileName(path)));
        }

        if (!OperatingSystem.IsWindows())
        {
            // Sticky, as the system's own folder for all is: else nobody may keep a runtime directory in it.
            _home.UnixFileMode |= UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute | UnixFileMode.StickyBit;
        }
    }

    /// <summary>Says whether the other user can run programs.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether.</returns>
    public async Task<bool> CanRunAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists("/usr/bin/setpriv"))
        {
            return false;
        }

        await using var process = Start(["--list-runtimes"], portStart: 1);
        return await process.WaitForExitAsync(cancellationToken) == 0;
    }

    /// <summary>Runs the program.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="portStart">Where its own peer listens.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What it printed.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(IEnumerable<string> arguments, int portStart, CancellationToken cancellationToken)
    {
        var program = Path.Combine(_home.FullName, Path.GetFileName(Programs.Neighbour));
        await using var process = Start(["exec", program, .. arguments], portStart);
        return await process.WaitForExitAsync(cancellationToken) == 0 ? process.Output : throw new InvalidOperationException($"{process}");
    }

    /// <inheritdoc/>
    public void Dispose() => _home.Delete(recursive: true);

    private ChildProcess Start(IEnumerable<string> arguments, int portStart) => ChildProcess.Start(
        "setpriv",
        ["--reuid", Nobody, "--regid", Nobody, "--clear-groups", "dotnet", .. arguments],
        new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["HOME"] = _home.FullName,
            ["NET_RUNTIME_DIR"] = Path.Combine(_home.FullName, "run"),
            ["NET_PORT_START"] = portStart.ToString(CultureInfo.InvariantCulture),
            ["NET_PORT"] = null,
            ["NET_GROUP"] = null,
            ["NET_IS_HUB"] = null,
        },
        _home.FullName);
}
