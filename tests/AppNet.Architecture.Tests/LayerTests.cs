using System.Text.RegularExpressions;
using Xunit;

namespace AppNet.Architecture.Tests;

public sealed partial class LayerTests
{
    [Fact]
    public void Every_use_follows_an_arrow_downward()
    {
        var types = Sources.Library.GetTypes();

        var violations = Arrows.Violations(types, Layers.Table, Layers.FolderOf);

        Assert.NotEmpty(types);
        Expect.None(violations);
    }

    [Fact]
    public void Every_folder_of_the_library_is_in_the_table()
    {
        var strangers = Sources.Folders().Where(folder => !Layers.Table.Has(folder));

        Expect.None(strangers);
    }

    [Fact]
    public void A_namespace_is_its_folder_except_for_what_users_type()
    {
        var wrong = from folder in Sources.Folders()
                    from file in Sources.Files(Path.Combine(Sources.LibraryFolder, folder))
                    let space = NamespaceOf(File.ReadAllText(file))
                    where space != $"AppNet.{folder}" && !space.StartsWith($"AppNet.{folder}.", StringComparison.Ordinal) && space != "AppNet"
                    select $"{Path.GetRelativePath(Sources.Root, file)} is in namespace {space}.";

        Expect.None(wrong);
    }

    [Fact]
    public void No_source_file_lies_outside_the_folders()
    {
        var strays = Directory.EnumerateFiles(Sources.LibraryFolder, "*.cs").Select(Path.GetFileName);

        Expect.None(strays);
    }

    [Fact]
    public void The_list_of_types_in_the_root_namespace_says_what_the_source_tree_says()
    {
        var declared = from folder in Sources.Folders()
                       where folder != "Vocabulary"
                       from file in Sources.Files(Path.Combine(Sources.LibraryFolder, folder))
                       let text = File.ReadAllText(file)
                       where NamespaceOf(text) == "AppNet"
                       from Match declaration in TypeDeclaration().Matches(text)
                       select $"[\"{declaration.Groups["name"].Value}\"] = \"{folder}\",";

        var listed = Layers.TypedByUsers.Select(entry => $"[\"{entry.Key}\"] = \"{entry.Value}\",");

        Expect.None([
            .. declared.Except(listed, StringComparer.Ordinal).Select(line => $"Add to Layers.TypedByUsers: {line}"),
            .. listed.Except(declared, StringComparer.Ordinal).Select(line => $"Remove from Layers.TypedByUsers: {line}"),
        ]);
    }

    [Fact]
    public void All_of_vocabulary_is_in_the_root_namespace()
    {
        var wrong = Sources.Files(Path.Combine(Sources.LibraryFolder, "Vocabulary"))
            .Where(file => NamespaceOf(File.ReadAllText(file)) != "AppNet");

        Expect.None(wrong);
    }

    [Fact]
    public void The_table_in_the_documentation_is_the_table_that_is_checked()
    {
        var page = File.ReadAllLines(Path.Combine(Sources.Root, "docs", "architecture.md"));

        var documented = FloorsPage.Read(page);

        Assert.Equal(Describe(Layers.Table.Floors), Describe(documented));
    }

    private static IEnumerable<string> Describe(IEnumerable<Floor> floors) => floors
        .Select(floor => $"{floor.Folder} -> {string.Join(", ", floor.Uses.Order(StringComparer.Ordinal))}")
        .Order(StringComparer.Ordinal);

    private static string NamespaceOf(string text) => NamespaceDeclaration().Match(text).Groups["name"].Value;

    [GeneratedRegex(@"^namespace\s+(?<name>[\w.]+)\s*;", RegexOptions.Multiline)]
    private static partial Regex NamespaceDeclaration();

    // Column 0 only: nested types belong to their owner.
    [GeneratedRegex(@"^(?:[a-z]+\s+)*(?:class|interface|enum|record\s+struct|record|struct|delegate\s+[^\s(]+)\s+(?<name>[A-Z]\w*)", RegexOptions.Multiline)]
    private static partial Regex TypeDeclaration();
}
