using System.Reflection;

namespace AppNet.Generators.Tests;

/// <summary>Where this project's files are in the source.</summary>
internal static class ProjectFolder
{
    public static string Golden { get; } = Path.Combine(Root, "Golden");

    public static string Pages { get; } = Path.GetFullPath(Path.Combine(Root, "..", "..", "docs", "diagnostics"));

    private static string Root => typeof(ProjectFolder).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => string.Equals(attribute.Key, "ProjectDirectory", StringComparison.Ordinal))
        .Value!;
}
