using System.Globalization;

namespace AppNet.Load.Processes;

/// <summary>How many files, sockets among them, a process of this user may have open.</summary>
internal static class OpenFiles
{
    // What a process has open beside its links: assemblies, pipes, the runtime's own.
    private const int Others = 256;

    private const string LimitName = "Max open files";

    /// <summary>Checks that a process can hold that many links.</summary>
    /// <param name="what">Who needs them, for the message.</param>
    /// <param name="links">How many links.</param>
    /// <param name="filesPerLink">What each takes.</param>
    /// <exception cref="LoadException">It can't; the message says what to do.</exception>
    public static void Require(string what, int links, int filesPerLink)
    {
        var needed = (links * filesPerLink) + Others;
        if (Limit() is { } limit && limit < needed)
        {
            throw new LoadException(string.Create(
                CultureInfo.InvariantCulture,
                $"{what} with {links:N0} links needs about {needed:N0} open files in one process, which may open {limit:N0}. Raise the limit (ulimit -n {needed}) and run again."));
        }
    }

    // The runtime raises the soft limit of each process to the hard one as it starts.
    private static long? Limit()
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var line = File.ReadLines("/proc/self/limits").FirstOrDefault(line => line.StartsWith(LimitName, StringComparison.Ordinal));
        var numbers = line?[LimitName.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return long.TryParse(numbers?.ElementAtOrDefault(1), NumberStyles.None, CultureInfo.InvariantCulture, out var hard) ? hard : null;
    }
}
