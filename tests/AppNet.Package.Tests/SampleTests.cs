using Xunit;

namespace AppNet.Package.Tests;

/// <summary>The samples that are built in another way than the rest of the solution.</summary>
public sealed class SampleTests
{
    private static string Samples => Path.Combine(RepositoryFolder.Root, "samples");

    [Fact]
    public async Task A_program_of_one_file_runs()
    {
        using var folder = new TemporaryFolder();

        string output = await DotNet.RunAsync(
            Path.Combine(Samples, "FileBased"),
            "run",
            "app.cs",
            $"-p:ArtifactsPath={folder.Path}",
            "-p:RunAnalyzers=false");

        Assert.Equal("50\n", output);
    }

    [Fact]
    public async Task A_trimmed_program_runs()
    {
        using var folder = new TemporaryFolder();

        await DotNet.RunAsync(
            Path.Combine(Samples, "Trimmed"),
            "publish",
            "--output",
            folder["published"],
            $"-p:ArtifactsPath={folder["artifacts"]}",
            "-p:RunAnalyzers=false");
        string output = await DotNet.RunProgramAsync(Path.Combine(folder["published"], "Trimmed"), folder.Path);

        Assert.Equal("50\n{\"Width\":320,\"Height\":240,\"Path\":\"a.png\"}\n", output);
    }
}
