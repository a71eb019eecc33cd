using System.Reflection;

namespace AppNet.Integration.Tests;

/// <summary>Where the programs are that the tests run.</summary>
internal static class Programs
{
    /// <summary>Gets the assembly of the neighbour's process.</summary>
    public static string Neighbour { get; } = typeof(Neighbour.Functions).Assembly.Location;

    /// <summary>Gets the folder of the sources.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(
        typeof(Programs).Assembly
            .GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "ProjectDirectory")
            .Value!,
        "..",
        ".."));

    /// <summary>Returns the assembly of a sample, or of the load program.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Its path: beside this assembly's folder, and built in the same way.</returns>
    public static string Sample(string name)
    {
        var built = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(built.Parent!.Parent!.FullName, name, built.Name, name + ".dll");
    }
}
