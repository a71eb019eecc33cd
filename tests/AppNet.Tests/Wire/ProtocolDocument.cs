using System.Globalization;
using Xunit;

namespace AppNet.Tests.Wire;

/// <summary>What docs/protocol.md says: its tables, and its blocks of bytes, found by name.</summary>
internal static class ProtocolDocument
{
    private const string Fence = "```";
    private const string Hex = Fence + "hex ";

    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(FindRoot(), "docs", "protocol.md"));

    /// <summary>Gets the folder that holds the whole repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Gets the numbers of the sections.</summary>
    public static IReadOnlyList<string> Sections { get; } =
        [.. Lines.Where(line => line.StartsWith("##", StringComparison.Ordinal)).Select(line => line.Split(' ')[1])];

    /// <summary>Gets the names of the blocks of bytes, in the order of the document.</summary>
    public static IReadOnlyList<string> BlockNames { get; } =
        [.. Lines.Where(line => line.StartsWith(Hex, StringComparison.Ordinal)).Select(line => line[Hex.Length..])];

    /// <summary>Returns the bytes of a block: what stands in front of the bars.</summary>
    /// <param name="name">What the fence says after <c>hex</c>.</param>
    /// <returns>The bytes.</returns>
    public static byte[] Block(string name)
    {
        var start = Array.IndexOf(Lines, Hex + name);
        Assert.True(start >= 0, $"docs/protocol.md has no block '{name}'.");
        var shown = Lines.Skip(start + 1).TakeWhile(line => line != Fence).Select(line => line.Split('|')[0]);
        return Convert.FromHexString(string.Concat(shown).Replace(" ", "", StringComparison.Ordinal));
    }

    /// <summary>Returns the rows of the first table under a heading.</summary>
    /// <param name="heading">The heading's line.</param>
    /// <returns>The cells of each row, without code marks; the title row is left out.</returns>
    public static IReadOnlyList<string[]> Table(string heading)
    {
        var start = Array.IndexOf(Lines, heading);
        Assert.True(start >= 0, $"docs/protocol.md has no heading '{heading}'.");
        return
        [
            .. Lines.Skip(start + 1)
                .SkipWhile(line => !line.StartsWith('|'))
                .TakeWhile(line => line.StartsWith('|'))
                .Skip(2)
                .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim().Trim('`')).ToArray()),
        ];
    }

    /// <summary>Returns a table's first two columns as numbers with names.</summary>
    /// <param name="heading">The heading's line.</param>
    /// <returns>The names by number, in order.</returns>
    public static IReadOnlyList<(int Number, string Name)> Numbers(string heading) =>
        [.. Table(heading).Select(row => (ToNumber(row[0]), row[1])).Order()];

    /// <summary>Reads a decimal number, or a hexadecimal one that begins with 0x. Commas part the thousands.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The number.</returns>
    public static int ToNumber(string text) => text.StartsWith("0x", StringComparison.Ordinal)
        ? int.Parse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
        : int.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "AppNet.slnx")))
        {
            folder = Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("No folder above the tests holds AppNet.slnx.");
        }

        return folder;
    }
}
