using AppNet.Transport;
using Microsoft.Win32.SafeHandles;

namespace AppNet.Security;

/// <summary>
/// Opens files that only this user may have written and read. What is checked is the open file, and that the path names this very file
/// and no link to it: so nobody can put another one in its place between the check and the reading.
/// </summary>
internal static class OwnFile
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Opens a file for reading.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The open file.</returns>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    /// <exception cref="IOException">It can't be read, or is not to be trusted; the message says why and what to do.</exception>
    public static SafeFileHandle OpenRead(string path)
    {
        // Before the opening as well: opening a pipe would wait for whoever writes to it.
        if (new FileInfo(path) is { Exists: true } info && (info.LinkTarget is not null || Unplain(info.Attributes)))
        {
            throw new IOException($"'{path}' is no plain file but a link or a device. Put the file itself there.");
        }

        SafeFileHandle file;
        try
        {
            file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException($"'{path}' can't be read by this user.", exception);
        }

        try
        {
            return Problem(path, file) is { } problem ? throw new IOException($"'{path}' {problem}.") : file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Says what keeps an open file from being trusted.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="file">The file.</param>
    /// <returns>The rest of a sentence that begins with the path; null: it can be trusted.</returns>
    public static string? Problem(string path, SafeFileHandle file)
    {
        if (OperatingSystem.IsWindows())
        {
            return null; // the user's own folder, whose access list it inherits
        }

        if (!FileStatus.IsSupported)
        {
            return (File.GetUnixFileMode(file) & Others) == 0 ? null : OpenToOthers(path);
        }

        var status = FileStatus.Of(file);
        return Problem(path, status)
            ?? (FileStatus.Of(path) is { IsRegular: true } named && named.Inode == status.Inode && named.Device == status.Device
                ? null
                : "is a link, or was exchanged while it was read. Put the file itself there");
    }

    /// <summary>Says what keeps a file or a folder from being this user's alone.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="status">What the system says of it.</param>
    /// <returns>The rest of a sentence that begins with the path; null: it is.</returns>
    public static string? Problem(string path, in FileStatus status) =>
        status.User != PeerCredential.OwnUser
            ? $"belongs to another user, number {status.User}. Remove it, or name another"
            : !status.IsOpenToOthers ? null : OpenToOthers(path);

    private static bool Unplain(FileAttributes attributes) =>
        (attributes & (FileAttributes.ReparsePoint | FileAttributes.Device | FileAttributes.Directory)) != 0;

    private static string OpenToOthers(string path) =>
        $"is open to other users. Close it: chmod go= '{path}'; if it is a secret that they may have read, make a new one";
}
