using System.Reflection;

namespace AppNet.Package.Tests;

/// <summary>Where the sources are.</summary>
internal static class RepositoryFolder
{
    public static string Consumers { get; } = Path.Combine(Project, "Consumers");

    public static string Root { get; } = Path.GetFullPath(Path.Combine(Project, "..", ".."));

    private static string Project => typeof(RepositoryFolder).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => string.Equals(attribute.Key, "ProjectDirectory", StringComparison.Ordinal))
        .Value!;
}
