namespace AppNet.Architecture.Tests.Pages;

/// <summary>The code that pages show: compiled files, whole or the part between <c>// &lt;name&gt;</c> and <c>// &lt;/name&gt;</c>.</summary>
internal sealed class SnippetFiles
{
    // What is built with the solution, so that what is shown compiles.
    private static readonly string[] Compiled = ["docs/snippets/", "samples/"];

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>Finds the parts of docs/snippets that no page has taken.</summary>
    /// <returns>Their names, as pages would write them.</returns>
    public IEnumerable<string> NotTaken() =>
        from file in Sources.Files(Path.Combine(Sources.Root, "docs", "snippets"))
        let name = Path.GetRelativePath(Sources.Root, file).Replace('\\', '/')
        from line in File.ReadLines(file)
        let mark = line.Trim()
        where IsMark(mark) && !mark.StartsWith("// </", StringComparison.Ordinal)
        let snippet = $"{name}#{mark[4..^1]}"
        where !_taken.Contains(snippet)
        select snippet;

    /// <summary>Returns the code of a snippet.</summary>
    /// <param name="snippet">Its file, from the repository's root, and behind a <c>#</c> the name of its part; without one, all of it.</param>
    /// <returns>The lines, as far left as they go, without marks.</returns>
    /// <exception cref="FormatException">There is no such part, or the file is not one that is compiled.</exception>
    /// <exception cref="IOException">There is no such file.</exception>
    public IReadOnlyList<string> Take(string snippet)
    {
        var (file, name) = snippet.Split('#') is [var path, var part] ? (path, part) : (snippet, null);
        if (!Compiled.Any(folder => file.StartsWith(folder, StringComparison.Ordinal)))
        {
            throw new FormatException($"'{file}' is in none of {string.Join(" and ", Compiled)}.");
        }

        _ = _taken.Add(snippet);
        IReadOnlyList<string> lines = File.ReadAllLines(Path.Combine(Sources.Root, file));
        return Dedent(Trim([.. (name is null ? lines : Part(lines, snippet, name)).Where(line => !IsMark(line.Trim()))]));
    }

    private static IEnumerable<string> Part(IReadOnlyList<string> lines, string snippet, string name)
    {
        var starts = IndicesOf(lines, $"// <{name}>");
        var ends = IndicesOf(lines, $"// </{name}>");
        return (starts, ends) is ([var start], [var end]) && start < end
            ? lines.Skip(start + 1).Take(end - start - 1)
            : throw new FormatException($"'{snippet}' is not once between '// <{name}>' and '// </{name}>'.");
    }

    private static int[] IndicesOf(IReadOnlyList<string> lines, string mark) =>
        [.. Enumerable.Range(0, lines.Count).Where(i => lines[i].Trim() == mark)];

    private static bool IsMark(string line) =>
        line.StartsWith("// <", StringComparison.Ordinal) && line.EndsWith('>') && line.LastIndexOf(' ') == 2;

    private static string[] Trim(string[] lines) =>
        [.. lines.SkipWhile(string.IsNullOrWhiteSpace).Reverse().SkipWhile(string.IsNullOrWhiteSpace).Reverse()];

    private static string[] Dedent(string[] lines)
    {
        var indent = lines.Where(line => line.Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty().Min();
        return [.. lines.Select(line => line.Length == 0 ? line : line[indent..])];
    }
}
