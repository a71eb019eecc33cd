using System.Text.RegularExpressions;
using Xunit;

namespace AppNet.Architecture.Tests.Pages;

/// <summary>The page for those who know the Python library: a row for each of its names, and tests behind each row.</summary>
public sealed partial class FromPythonTests
{
    // Every name that the original's users know, as its documentation writes it.
    private static readonly string[] Names =
    [
        "net.connect(tag=None)", "f(…, peer=id)", "f(…)", "time_out=", "net.peers(refresh, groups, on_host, hubs_only)", "net.get_peers()",
        "net.Peer()", "host", "port", "id", "hub", "group", "friendly_id", "generate_id", "decode_id", "encode", "decode", "CONNECTIONS",
        "SUBSCRIPTIONS", "FLAGS", "net.flag(name)", "get_flag", "NULL", "INVALID_CONNECTION", "null_response", "invalid_connection",
        "net.event(name)", "net.subscribe(event, groups, hubs_only, peers, on_host)", "info", "pass_through", "null", "connections",
        "subscription_handler", "NET_THREAD_LIMIT", "NET_PORT_START", "NET_PORT", "NET_PORT_RANGE", "NET_GROUP", "NET_IS_HUB", "NET_DEV",
        "launch", "test", "ConnectionRefusedError", "PeerHandler",
    ];

    // What the original does badly has a number.
    private const int Limits = 18;

    private static readonly Page Page = Page.Read("docs/from-python.md");

    private static readonly IReadOnlySet<string> Tests = TestNames.All();

    [Fact]
    public void Every_name_of_the_original_has_a_row()
    {
        var named = Rows().SelectMany(row => InQuotes(row[0].Split(": ")[0])).ToHashSet(StringComparer.Ordinal);

        Expect.None(Names.Where(name => !named.Contains(name)).Select(name => $"docs/from-python.md has no row for `{name}`."));
    }

    [Fact]
    public void Every_row_shows_both_languages()
    {
        var silent = Rows().Where(row => !row.Contains("```python", StringComparer.Ordinal) || !row.Contains("```csharp", StringComparer.Ordinal));

        Expect.None(silent.Select(row => $"docs/from-python.md does not show both languages: {row[0]}"));
    }

    [Fact]
    public void Every_row_names_tests_that_are_there()
    {
        var rows = Rows().Select(row => (Name: row[0], Tests: InQuotes(string.Join('\n', row.Where(line => line.StartsWith("Shown by ", StringComparison.Ordinal))))))
            .Concat(LimitRows().Select(row => (Name: row, Tests: InQuotes(row.Split('|')[^2]))));

        Expect.None(rows.SelectMany(row => FaultsOf(row.Name, [.. row.Tests])));
    }

    [Fact]
    public void Every_limit_of_the_original_has_a_row() =>
        Assert.Equal(Enumerable.Range(1, Limits), LimitRows().Select(row => int.Parse(row.Split('|')[1], System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void A_test_is_found_by_its_class_and_name()
    {
        Assert.Contains($"{nameof(FromPythonTests)}.{nameof(A_test_is_found_by_its_class_and_name)}", Tests);
        Assert.Contains("SnippetTests.A_block_that_names_no_code_is_reported", Tests);
        Assert.DoesNotContain("FromPythonTests.LimitRows", Tests);
        Assert.Single(FaultsOf("row", []));
        Assert.Single(FaultsOf("row", ["FromPythonTests.No_such_test"]));
    }

    // A row begins with a cell over both columns and ends with the next one.
    private static IEnumerable<string[]> Rows() => string.Join('\n', Page.Lines)
        .Split("<tr><td colspan=\"2\">\n").Skip(1)
        .Select(row => row.Split("</table>")[0].Split('\n', StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<string> LimitRows() => Page.Lines.Where(line => NumberedRow().IsMatch(line));

    private static IEnumerable<string> FaultsOf(string row, string[] tests) =>
        tests.Length == 0
            ? [$"docs/from-python.md names no test: {row}"]
            : tests.Where(test => !Tests.Contains(test)).Select(test => $"docs/from-python.md names a test that is not there: {test}");

    private static IEnumerable<string> InQuotes(string text) => Quoted().Matches(text).Select(match => match.Groups["text"].Value);

    [GeneratedRegex("`(?<text>[^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^\| [0-9]+ \|")]
    private static partial Regex NumberedRow();
}
