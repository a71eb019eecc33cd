using System.Text.RegularExpressions;

namespace AppNet.Architecture.Tests.Pages;

/// <summary>The tests of the repository, by class and name, as its sources say.</summary>
internal static partial class TestNames
{
    /// <summary>Reads them.</summary>
    /// <returns>The tests, as <c>Class.Test_name</c>.</returns>
    public static IReadOnlySet<string> All()
    {
        var files = Sources.Files(Path.Combine(Sources.Root, "tests")).Select(File.ReadAllText);
        return files.SelectMany(In).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Finds the tests in one file.</summary>
    /// <param name="source">Its text.</param>
    /// <returns>The tests.</returns>
    public static IEnumerable<string> In(string source) =>
        from test in Test().Matches(source)
        let owner = Class().Matches(source[..test.Index]).LastOrDefault()
        where owner is not null
        select $"{owner.Groups["name"].Value}.{test.Groups["name"].Value}";

    [GeneratedRegex(@"^(public|internal)[^\n]* class (?<name>\w+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Class();

    [GeneratedRegex(@"\[(Fact|Theory)\b[^\n]*\n(\s*\[[^\n]*\n|\s+[^\n\[]*\)\]\n)*\s*public (async )?(void|Task|ValueTask) (?<name>\w+)\(", RegexOptions.ExplicitCapture)]
    private static partial Regex Test();
}
