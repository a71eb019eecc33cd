using System.Text.RegularExpressions;
using Xunit;

namespace AppNet.Architecture.Tests;

/// <summary>docs/security.md promises a test for each threat.</summary>
public sealed partial class ThreatTests
{
    [Fact]
    public void Every_threat_names_tests_that_exist()
    {
        var rows = File.ReadLines(Path.Combine(Sources.Root, "docs", "security.md"))
            .SkipWhile(line => !line.StartsWith("| who | tries |", StringComparison.Ordinal))
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .ToArray();
        var classes = Sources.Files(Path.Combine(Sources.Root, "tests"))
            .ToLookup(file => Path.GetFileNameWithoutExtension(file)!, File.ReadAllText, StringComparer.Ordinal);

        var faults = new List<string>(rows.Length > 20 ? [] : ["The table of threats was not found."]);
        foreach (var row in rows)
        {
            var tests = TestName().Matches(row.Split('|')[^2]);
            if (tests.Count == 0)
            {
                faults.Add($"No test: {row}");
            }

            faults.AddRange(
                from test in tests
                where !classes[test.Groups["class"].Value].Any(text => IsTest(text, test.Groups["method"].Value))
                select $"There is no test {test.Value}.");
        }

        Expect.None(faults);
    }

    // Its attributes stand between it and the empty line before it.
    private static bool IsTest(string text, string method)
    {
        var name = text.IndexOf($" {method}(", StringComparison.Ordinal);
        if (name < 0)
        {
            return false;
        }

        var attributes = text[Math.Max(0, text.LastIndexOf("\n\n", name, StringComparison.Ordinal))..name];
        return attributes.Contains("[Fact", StringComparison.Ordinal) || attributes.Contains("[Theory", StringComparison.Ordinal);
    }

    [GeneratedRegex("`(?<class>[A-Za-z]+)\\.(?<method>[A-Za-z_0-9]+)`")]
    private static partial Regex TestName();
}
