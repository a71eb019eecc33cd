using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace AppNet.Discovery;

/// <summary>The names of one instance's files in the runtime directory.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Instance">The instance.</param>
internal readonly record struct RuntimeFiles(string Folder, Guid Instance)
{
    private const string Unfinished = ".new";

    /// <summary>Gets the entry: what others read.</summary>
    public string Entry => PathOf(".json");

    /// <summary>Gets the file whose lock the owner holds as long as it lives.</summary>
    public string Lock => PathOf(".lock");

    /// <summary>Gets the Unix socket.</summary>
    public string Socket => PathOf(".sock");

    /// <summary>Gets the name of the entry until it is complete.</summary>
    public string UnfinishedEntry => Entry + Unfinished;

    /// <summary>Gets the name of the lock file until it is locked.</summary>
    public string UnfinishedLock => Lock + Unfinished;

    /// <summary>Says whose file this is.</summary>
    /// <param name="path">A path in the folder.</param>
    /// <param name="instance">The instance, as 32 digits: a text, as tables keyed by texts are there at start without compiling.</param>
    /// <param name="isFinished">Whether the file has its final name.</param>
    /// <returns>Whether it is a file of an instance; others are none of our business.</returns>
    public static bool TryParse(string path, [NotNullWhen(true)] out string? instance, out bool isFinished)
    {
        var name = Path.GetFileName(path.AsSpan());
        isFinished = !name.EndsWith(Unfinished, StringComparison.Ordinal);
        name = isFinished ? name : name[..^Unfinished.Length];
        var digits = Path.GetFileNameWithoutExtension(name);
        instance = Path.GetExtension(name) is ".json" or ".lock" or ".sock" && Guid.TryParseExact(digits, "N", out _)
            ? digits.ToString()
            : null;
        return instance is not null;
    }

    private string PathOf(string extension) =>
        Path.Combine(Folder, Instance.ToString("N", CultureInfo.InvariantCulture) + extension);
}
