using System.Text.RegularExpressions;

namespace AppNet.Architecture.Tests;

/// <summary>Reads the table of folders out of docs/architecture.md.</summary>
internal static partial class FloorsPage
{
    /// <summary>Reads the table headed <c>| folder | may use | holds |</c>.</summary>
    /// <param name="lines">The page.</param>
    /// <returns>The folders; a row that names several gives each of them.</returns>
    public static IReadOnlyList<Floor> Read(IEnumerable<string> lines) =>
    [
        .. from line in lines
               .SkipWhile(line => !line.StartsWith("| folder | may use |", StringComparison.Ordinal))
               .Skip(2)
               .TakeWhile(line => line.StartsWith('|'))
           let cells = line.Split('|')
           from folder in NamesIn(cells[1])
           select new Floor(folder, NamesIn(cells[2])),
    ];

    private static string[] NamesIn(string cell) => [.. Name().Matches(cell).Select(match => match.Groups["name"].Value)];

    [GeneratedRegex("`(?<name>[A-Za-z]+)`")]
    private static partial Regex Name();
}
