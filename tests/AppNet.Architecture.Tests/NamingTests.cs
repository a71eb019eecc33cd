using Xunit;

namespace AppNet.Architecture.Tests;

public sealed class NamingTests
{
    private static readonly string[] Roots = ["src", "tests"];

    private static readonly string[] BannedFolders = ["Utils", "Utilities", "Helpers", "Common"];

    private static readonly string[] BannedEndings = ["Manager", "Helper", "Util", "Utils", "Base", "Impl", "Data", "Service"];

    [Fact]
    public void No_folder_is_an_attic()
    {
        var attics = from root in Roots
                     from file in Sources.Files(Path.Combine(Sources.Root, root))
                     let folder = Path.GetRelativePath(Sources.Root, Path.GetDirectoryName(file)!)
                     where folder.Split(Path.DirectorySeparatorChar).Any(part => BannedFolders.Contains(part, StringComparer.OrdinalIgnoreCase))
                     select folder;

        Expect.None(attics);
    }

    [Fact]
    public void No_type_of_the_library_is_named_after_nothing()
    {
        var vague = Sources.Library.GetTypes()
            .Where(type => !CodeUses.IsGenerated(type) && IsVague(type.Name.Split('`')[0]))
            .Select(type => type.FullName);

        Expect.None(vague);
    }

    [Fact]
    public void No_source_file_is_named_after_nothing()
    {
        var vague = Sources.Files(Path.Combine(Sources.Root, "src"))
            .Where(file => IsVague(Path.GetFileNameWithoutExtension(file)))
            .Select(file => Path.GetRelativePath(Sources.Root, file));

        Expect.None(vague);
    }

    [Theory]
    [InlineData("LinkManager", true)]
    [InlineData("PeerData", true)]
    [InlineData("LinkReader", false)]
    [InlineData("Metadata", false)]
    public void A_vague_name_is_known_by_its_ending(string name, bool expected)
    {
        Assert.Equal(expected, IsVague(name));
    }

    private static bool IsVague(string name) => BannedEndings.Any(ending => name.EndsWith(ending, StringComparison.Ordinal));
}
