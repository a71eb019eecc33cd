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
}
