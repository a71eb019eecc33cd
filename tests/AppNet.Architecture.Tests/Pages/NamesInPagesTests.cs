using Xunit;

namespace AppNet.Architecture.Tests.Pages;

/// <summary>What the pages name is there, and what is there is named.</summary>
public sealed class NamesInPagesTests
{
    private static readonly PublicNames Library = new(Sources.Library);

    [Fact]
    public void Every_member_that_a_page_names_is_in_the_library()
    {
        var missing =
            from page in Page.All()
            from code in page.Names()
            from name in Library.Missing(code)
            select $"{page.Name}: `{name}` is not in the library.";

        Expect.None(missing);
    }

    [Fact]
    public void Every_public_type_is_in_the_index()
    {
        var names = NamesInTheIndex();

        Expect.None(Library.TypedByUsers
            .Where(type => !names.Contains(type.EndsWith("Attribute", StringComparison.Ordinal) ? $"[{type[..^9]}]" : type))
            .Select(type => $"docs/README.md leads to no page from `{type}`. Add it to the table 'From a name to its page'."));
    }

    [Fact]
    public void Every_member_of_the_facade_is_in_the_index()
    {
        var names = NamesInTheIndex();

        Expect.None(PublicNames.MembersOf(typeof(Net))
            .Where(member => !names.Contains($"Net.{member}"))
            .Select(member => $"docs/README.md leads to no page from `Net.{member}`. Add it to the table 'From a name to its page'."));
    }

    [Fact]
    public void Every_link_of_a_page_leads_somewhere()
    {
        var broken =
            from page in Page.All()
            from link in page.Links()
            let target = Path.Combine(Sources.Root, Path.GetDirectoryName(page.Name)!, link)
            where !Path.Exists(target)
            select $"{page.Name}: '{link}' is not there.";

        Expect.None(broken);
    }

    [Theory]
    [InlineData("Net.GetPeers", "Net.GetPeers")]
    [InlineData("await Net.Peer.Rename()", "Net.Peer.Rename")]
    [InlineData("[Connected]", "[Connected]")]
    [InlineData("NetError.Lost", "NetError.Lost")]
    public void A_name_that_is_not_there_is_found(string code, string missing) => Assert.Equal([missing], Library.Missing(code));

    [Theory]
    [InlineData("Net.Peer.Exceptions.Add")]
    [InlineData("Net.Peer.Subscriptions.Rules")]
    [InlineData("LocalPeer.RaiseAsync")]
    [InlineData("[Connect(\"tag\")]")]
    [InlineData("Console.Nothing")]
    public void A_name_that_is_there_or_of_somebody_else_is_fine(string code) => Assert.Empty(Library.Missing(code));

    private static HashSet<string> NamesInTheIndex()
    {
        var page = Page.Read("docs/README.md");
        return [.. (page with { Lines = [.. page.Lines.Where(line => line.StartsWith('|'))] }).Names()];
    }
}
