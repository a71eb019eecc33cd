using System.IO.Compression;
using Xunit;

namespace AppNet.Package.Tests;

public sealed class PackageTests(PackedLibrary library) : IClassFixture<PackedLibrary>
{
    [Fact]
    public async Task A_program_of_twelve_lines_with_the_package_calls_a_peer()
    {
        string output = await library.RunAsync("Direct");

        Assert.Equal("50\n", output);
    }

    [Fact]
    public async Task A_program_that_reaches_the_package_through_a_library_offers_the_functions_of_that_library()
    {
        string output = await library.RunAsync("Through");

        Assert.Equal("The module of the library has run.\nThe program has run.\n", output);
    }

    [Fact]
    public async Task The_package_holds_the_licence_and_names_it()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using ZipArchive package = await library.OpenAsync(cancelled);

        string licence = await ReadAsync(package, "LICENSE");
        string manifest = await ReadAsync(package, "AppNet.nuspec");

        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(RepositoryFolder.Root, "LICENSE"), cancelled), licence);
        Assert.StartsWith("MIT License", licence, StringComparison.Ordinal);
        Assert.Contains("<license type=\"expression\">MIT</license>", manifest, StringComparison.Ordinal);
    }

    private static async Task<string> ReadAsync(ZipArchive package, string name)
    {
        using var reader = new StreamReader(await package.GetEntry(name)!.OpenAsync(TestContext.Current.CancellationToken));
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
