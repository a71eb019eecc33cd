using System.Text.RegularExpressions;

namespace AppNet.Architecture.Tests.Pages;

/// <summary>A page of the documentation.</summary>
/// <param name="Name">Its path from the repository's root, with slashes.</param>
/// <param name="Lines">Its text.</param>
internal sealed partial record Page(string Name, IReadOnlyList<string> Lines)
{
    private const string Fence = "```";

    /// <summary>Reads all pages for users and contributors: README, CONTRIBUTING, and the folder docs with its guide.</summary>
    /// <returns>The pages. Diagnostics and decisions are not among them: the former have a test of their own, the latter tell of their day.</returns>
    public static IReadOnlyList<Page> All() =>
    [
        .. new[] { "README.md", "CONTRIBUTING.md" }
            .Concat(Names(Path.Combine("docs")))
            .Concat(Names(Path.Combine("docs", "guide")))
            .Concat(Names(Path.Combine("docs", "snippets")))
            .Order(StringComparer.Ordinal)
            .Select(Read),
    ];

    /// <summary>Reads a page.</summary>
    /// <param name="name">Its path from the repository's root.</param>
    /// <returns>The page.</returns>
    public static Page Read(string name) => new(name, File.ReadAllLines(Path.Combine(Sources.Root, name)));

    /// <summary>Finds the names in <c>`…`</c>, outside of blocks of code.</summary>
    /// <returns>What stands between the quotes.</returns>
    public IEnumerable<string> Names() => Prose().SelectMany(line => Code().Matches(line)).Select(match => match.Groups["code"].Value);

    /// <summary>Finds what the page links to in this repository, and what pictures it shows.</summary>
    /// <returns>Paths, as they are written there.</returns>
    public IEnumerable<string> Links() =>
        Prose().SelectMany(line => Link().Matches(Code().Replace(line, "")))
            .Select(match => match.Groups["target"].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal));

    /// <summary>Puts the code of the snippets into the blocks that name them.</summary>
    /// <param name="snippets">Where the code comes from.</param>
    /// <param name="faults">What can't be done, and each block of C# that names no snippet.</param>
    /// <returns>The page as it should be.</returns>
    public Page Fill(SnippetFiles snippets, ICollection<string> faults)
    {
        var lines = new List<string>();
        for (var i = 0; i < Lines.Count; i++)
        {
            var line = Lines[i];
            lines.Add(line);
            if (!line.TrimStart().StartsWith(Fence, StringComparison.Ordinal))
            {
                continue;
            }

            var end = EndOfBlock(i);
            lines.AddRange(Block(i, end, snippets, faults));
            lines.Add(Lines[end]);
            i = end;
        }

        return this with { Lines = lines };
    }

    private static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Sources.Root, folder), "*.md")
            .Select(path => Path.GetRelativePath(Sources.Root, path).Replace('\\', '/'));

    private IEnumerable<string> Block(int start, int end, SnippetFiles snippets, ICollection<string> faults)
    {
        var lines = Lines.Skip(start + 1).Take(end - start - 1);
        var marker = start == 0 ? Match.Empty : Marker().Match(Lines[start - 1]);
        if (!marker.Success)
        {
            if (Lines[start].TrimStart().StartsWith(Fence + "csharp", StringComparison.Ordinal))
            {
                faults.Add(
                    $"{Name}, line {start + 1}: a block of C# without '<!-- snippet: docs/snippets/File.cs#name -->' above it. How: docs/snippets/README.md.");
            }

            return lines;
        }

        try
        {
            var indent = Lines[start][..^Lines[start].TrimStart().Length];
            return snippets.Take(marker.Groups["snippet"].Value).Select(line => line.Length == 0 ? "" : indent + line);
        }
        catch (Exception exception) when (exception is FormatException or IOException)
        {
            faults.Add($"{Name}, line {start}: {exception.Message}");
            return lines;
        }
    }

    private IEnumerable<string> Prose()
    {
        for (var i = 0; i < Lines.Count; i++)
        {
            if (Lines[i].TrimStart().StartsWith(Fence, StringComparison.Ordinal))
            {
                i = EndOfBlock(i);
            }
            else
            {
                yield return Lines[i];
            }
        }
    }

    private int EndOfBlock(int start)
    {
        // A longer fence holds shorter ones.
        var fence = new string('`', Lines[start].TrimStart().TakeWhile(letter => letter == '`').Count());
        var end = start + 1;
        while (end < Lines.Count && Lines[end].Trim() != fence)
        {
            end++;
        }

        return end < Lines.Count ? end : throw new FormatException($"{Name}, line {start + 1}: the block of code has no end.");
    }

    [GeneratedRegex(@"^\s*<!-- snippet: (?<snippet>\S+) -->\s*$")]
    private static partial Regex Marker();

    [GeneratedRegex("`(?<code>[^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\((?<target>[^)#\s]+)(#[^)\s]*)?\)")]
    private static partial Regex Link();
}
