using System.Reflection;
using Xunit;

namespace AppNet.Architecture.Tests;

/// <summary>The check of the arrows can fail: it sees every way in which a type can use another.</summary>
public sealed class ArrowsTests
{
    private const string Fixtures = "AppNet.Architecture.Tests.Fixtures.";

    private static readonly LayerTable TwoFloors = new(new Floor("Below"), new Floor("Above", "Below"));

    public static TheoryData<string> WaysOfUse() =>
    [
        .. Types("Below").Where(type => !type.IsNested).Select(type => type.Name),
    ];

    [Theory]
    [MemberData(nameof(WaysOfUse))]
    public void A_use_upward_is_reported(string user)
    {
        var types = Types("Below").Where(type => CodeUses.OwnerOf(type).Name == user);

        var violations = Arrows.Violations(types, TwoFloors, FolderOf);

        Assert.All(violations, violation => Assert.Matches(
            @$"Below\.{user} \(Below\) uses \S*Above\.\w+ \(Above\), but Below may use no other folder\.$", violation));
        Assert.NotEmpty(violations);
    }

    [Fact]
    public void The_same_uses_are_fine_where_the_arrow_points_that_way()
    {
        var table = new LayerTable(new Floor("Above"), new Floor("Below", "Above"));

        var violations = Arrows.Violations(Types("Below"), table, FolderOf);

        Assert.Empty(violations);
    }

    [Fact]
    public void A_type_in_a_folder_that_the_table_lacks_is_reported()
    {
        var violations = Arrows.Violations(Types("Above"), new LayerTable(new Floor("Below")), FolderOf);

        Assert.Contains("in folder Above, which the table does not have", violations[0], StringComparison.Ordinal);
    }

    [Fact]
    public void An_arrow_upward_can_not_be_written_down()
    {
        void Write() => _ = new LayerTable(new Floor("Below", "Above"), new Floor("Above"));

        Assert.Throws<ArgumentException>(Write);
    }

    [Fact]
    public void An_arrow_reaches_what_is_further_below_but_no_sibling()
    {
        var table = new LayerTable(new Floor("A"), new Floor("B", "A"), new Floor("C", "A"), new Floor("D", "C"));

        Assert.True(table.Allows("D", "A"));
        Assert.False(table.Allows("D", "B"));
    }

    [Fact]
    public void The_table_of_a_page_is_read_row_by_row()
    {
        string[] page = ["# A", "| folder | may use | holds |", "| --- | --- | --- |", "| `A`, `B` | `C` and below | `d` |", "", "| `E` | - | - |"];

        var floors = FloorsPage.Read(page);

        Assert.Equal(["A", "B"], floors.Select(floor => floor.Folder));
        Assert.All(floors, floor => Assert.Equal(["C"], floor.Uses));
    }

    private static IEnumerable<Type> Types(string folder) => Assembly.GetExecutingAssembly().GetTypes()
        .Where(type => type.Namespace == Fixtures + folder);

    private static string? FolderOf(Type type) =>
        CodeUses.OwnerOf(type).Namespace switch
        {
            Fixtures + "Below" => "Below",
            Fixtures + "Above" => "Above",
            _ => null,
        };
}
