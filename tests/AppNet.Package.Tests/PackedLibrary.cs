using System.IO.Compression;
using Xunit;

namespace AppNet.Package.Tests;

/// <summary>The library packed into a feed of its own, beside projects that use it from there.</summary>
public sealed class PackedLibrary : IAsyncLifetime
{
    private const string Version = "0.1.0-test";

    private readonly TemporaryFolder _folder = new();

    /// <summary>Packs the library with build outputs of its own, so that no build of the repository is disturbed.</summary>
    public async ValueTask InitializeAsync()
    {
        CopyConsumers();
        await DotNet.RunAsync(
            RepositoryFolder.Root,
            "pack",
            Path.Combine("src", "AppNet", "AppNet.csproj"),
            "--output",
            _folder["feed"],
            $"-p:Version={Version}",
            $"-p:ArtifactsPath={_folder["artifacts"]}",
            "-p:RunAnalyzers=false");
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Builds and runs a program that has the package, and returns what it printed.</summary>
    public Task<string> RunAsync(string project) => DotNet.RunAsync(
        _folder[project],
        "run",
        $"-p:AppNetVersion={Version}",
        $"-p:UsersPackages={UsersPackages}");

    /// <summary>Opens the package.</summary>
    public Task<ZipArchive> OpenAsync(CancellationToken cancellationToken) =>
        ZipFile.OpenReadAsync(Path.Combine(_folder["feed"], $"AppNet.{Version}.nupkg"), cancellationToken);

    private static string UsersPackages =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private void CopyConsumers()
    {
        foreach (string file in Directory.EnumerateFiles(RepositoryFolder.Consumers, "*", SearchOption.AllDirectories))
        {
            string copy = _folder[Path.GetRelativePath(RepositoryFolder.Consumers, file)];
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        Directory.CreateDirectory(_folder["feed"]);
    }
}
