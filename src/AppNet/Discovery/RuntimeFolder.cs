using System.Formats.Tar;
using AppNet.Security;
using AppNet.Transport;

namespace AppNet.Discovery;

/// <summary>
/// The folder in which the peers of one user list themselves, and the checks that make it worth trusting: no link, this
/// user's own, and closed to others.
/// </summary>
internal static class RuntimeFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const string OfAnotherUser = "belongs to another user. Remove it, or name another one in NET_RUNTIME_DIR";

    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>
    /// Names the folders in which peers may list themselves, best first: <c>NET_RUNTIME_DIR</c> alone when it is set,
    /// else <c>$XDG_RUNTIME_DIR/appnet</c> and <c>&lt;temp&gt;/appnet-&lt;user&gt;</c>. Both, as one peer may be started
    /// with the variable and another without.
    /// </summary>
    /// <param name="environment">Reads an environment variable.</param>
    /// <returns>Full paths; the folders need not exist.</returns>
    public static IReadOnlyList<string> Candidates(Func<string, string?> environment)
    {
        if (environment("NET_RUNTIME_DIR") is { Length: > 0 } only)
        {
            return [Path.GetFullPath(only)];
        }

        var temp = Path.Combine(Path.GetTempPath(), $"appnet-{FileNameOf(Environment.UserName)}");
        return environment("XDG_RUNTIME_DIR") is { } runtime && Path.IsPathFullyQualified(runtime) && Directory.Exists(runtime)
            ? [Path.Combine(runtime, "appnet"), temp]
            : [temp];
    }

    /// <summary>Makes the folder with mode 0700 when it isn't there, and checks it.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="IOException">It can't be made, or it is not to be trusted; the message says why and what to do.</exception>
    public static void Prepare(string path)
    {
        try
        {
            // Harmless when somebody else was first: what counts is the check of what is there now.
            _ = OperatingSystem.IsWindows()
                ? Directory.CreateDirectory(path)
                : Directory.CreateDirectory(path, OwnerOnly);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException($"The folder '{path}' can't be made: {exception.Message}", exception);
        }

        if (Problem(path) is { } problem)
        {
            throw new IOException($"The folder '{path}' {problem}.");
        }
    }

    /// <summary>Says what keeps an existing folder from being trusted.</summary>
    /// <param name="path">The folder.</param>
    /// <returns>The rest of a sentence that begins with the folder, or null when it can be trusted.</returns>
    public static string? Problem(string path)
    {
        var folder = new DirectoryInfo(path);
        if (folder.LinkTarget is not null || folder.Attributes.HasFlag(FileAttributes.ReparsePoint))
        {
            return "is a symbolic link. Remove it";
        }

        // On Windows the folder is in the user's own temporary folder, whose access list it inherits.
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        if (FileStatus.IsSupported)
        {
            return ProblemOf(path, FileStatus.Of(path));
        }

        if (!IsOwn(path))
        {
            return OfAnotherUser;
        }

        // Once it is known to be this user's, and the parent is sticky or this user's too, nobody else can exchange it.
        return (File.GetUnixFileMode(path) & Others) == UnixFileMode.None
            ? null
            : OpenToOthers(path);
    }

    private static string OpenToOthers(string path) => $"is open to other users. Close it: chmod 700 '{path}'";

    // What counts is the folder itself and not where a link leads, and who could exchange it after this look: whoever may rename it where
    // it stands.
    private static string? ProblemOf(string path, in FileStatus folder) =>
        !folder.IsFolder ? "is no folder. Remove it"
        : folder.User != PeerCredential.OwnUser ? OfAnotherUser
        : folder.IsOpenToOthers ? OpenToOthers(path)
        : Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(path)) is { Length: > 0 } parent && FileStatus.Of(Resolve(parent)).LetsOthersExchange
            ? $"can be exchanged by other users, who may write to '{parent}'. Close that, or make it sticky: chmod +t '{parent}'"
        : null;

    private static string Resolve(string folder) =>
        new DirectoryInfo(folder).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? folder;

    // Where the system can't be asked otherwise. .NET has no way to ask who owns a file. Changing a file's mode, to what it is already, is allowed to its owner and
    // to the superuser alone; the superuser, to whom all is allowed, reads the owner as an archive would record it.
    private static bool IsOwn(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return true;
        }

        if (Environment.IsPrivilegedProcess)
        {
            return OwnerOf(path) == 0;
        }

        try
        {
            File.SetUnixFileMode(path, File.GetUnixFileMode(path));
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static int OwnerOf(string path)
    {
        using var archive = new MemoryStream();
        using (var writer = new TarWriter(archive, TarEntryFormat.Gnu, leaveOpen: true))
        {
            writer.WriteEntry(path, "folder");
        }

        // The owner is at 108, as seven octal digits; a number too large for them has another form, which is not zero.
        var owner = 0;
        foreach (var digit in archive.GetBuffer().AsSpan(108, 7))
        {
            if (digit is < (byte)'0' or > (byte)'7')
            {
                return -1;
            }

            owner = (owner * 8) + (digit - '0');
        }

        return owner;
    }

    private static string FileNameOf(string user) =>
        string.Create(user.Length, user, static (name, user) =>
        {
            for (var i = 0; i < name.Length; i++)
            {
                name[i] = char.IsAsciiLetterOrDigit(user[i]) || user[i] is '-' or '_' or '.' ? user[i] : '_';
            }
        });
}
