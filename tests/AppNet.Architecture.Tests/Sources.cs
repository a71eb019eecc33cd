using System.Reflection;

namespace AppNet.Architecture.Tests;

/// <summary>The library under test, and the repository that it is built from.</summary>
internal static class Sources
{
    /// <summary>The library, compiled.</summary>
    public static readonly Assembly Library = typeof(PeerId).Assembly;

    /// <summary>The repository's root: the folder above this test's binary that holds the solution.</summary>
    public static readonly string Root = FindRoot();

    /// <summary>The library's source folder.</summary>
    public static readonly string LibraryFolder = Path.Combine(Root, "src", "AppNet");

    /// <summary>Returns the folders of the library.</summary>
    /// <returns>Their names.</returns>
    public static IEnumerable<string> Folders() => Directory.EnumerateDirectories(LibraryFolder)
        .Where(folder => Files(folder).Any())
        .Select(folder => Path.GetFileName(folder)!);

    /// <summary>Returns the C# files under a folder, less what a build leaves there.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>Their paths.</returns>
    public static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "AppNet.slnx")))
        {
            folder = Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException($"No folder above '{AppContext.BaseDirectory}' holds AppNet.slnx.");
        }

        return folder;
    }
}
