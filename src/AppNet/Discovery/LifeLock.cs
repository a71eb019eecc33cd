namespace AppNet.Discovery;

/// <summary>
/// An exclusive lock on a file that tells others that a process lives: the system releases it when the process ends, in
/// whatever way. On Unix it is an advisory lock (<c>flock</c>), which goes with the open file, not with its name.
/// </summary>
internal static class LifeLock
{
    /// <summary>Makes the file under a name nobody looks at, locks it, and only then gives it its name.</summary>
    /// <remarks>So a lock file that others can see is locked, or its owner has ended.</remarks>
    /// <param name="files">Whose lock.</param>
    /// <returns>The open file; closing it releases the lock.</returns>
    /// <exception cref="IOException">The file can't be made, or files can't be locked there.</exception>
    public static FileStream Take(in RuntimeFiles files)
    {
        var stream = new FileStream(files.UnfinishedLock, NewFile());
        try
        {
            if (!IsHeld(files.UnfinishedLock))
            {
                throw new IOException($"Files can't be locked in '{files.Folder}', so peers there can't tell who lives. " +
                    "Name a folder on a local disk in NET_RUNTIME_DIR, and leave DOTNET_SYSTEM_IO_DISABLEFILELOCKING unset.");
            }

            File.Move(files.UnfinishedLock, files.Lock);
            return stream;
        }
        catch
        {
            stream.Dispose();
            File.Delete(files.UnfinishedLock);
            throw;
        }
    }

    /// <summary>Says whether somebody holds the lock.</summary>
    /// <param name="path">The lock file.</param>
    /// <returns>Whether it is held; false when there is no such file.</returns>
    public static bool IsHeld(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        try
        {
            // Shared, so that two who look at the same time don't take each other for the owner.
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>Says whether the lock is free beyond doubt: nobody holds it, in a folder in which locks work.</summary>
    /// <remarks>
    /// Where they don't, nobody may be taken for dead. The lock itself is not taken for that: others who look at that moment would take
    /// the one who looks for the owner.
    /// </remarks>
    /// <param name="files">Whose lock.</param>
    /// <returns>Whether it is free.</returns>
    public static bool IsFree(in RuntimeFiles files)
    {
        try
        {
            return !IsHeld(files.Lock) && CanLockIn(files.Folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Locks a file of its own, under a name nobody looks at, and sees whether others find it held.</summary>
    private static bool CanLockIn(string folder)
    {
        var path = new RuntimeFiles(folder, Guid.NewGuid()).UnfinishedLock;
        var options = NewFile();
        options.Options = FileOptions.DeleteOnClose;
        using var stream = new FileStream(path, options);
        return IsHeld(path);
    }

    private static FileStreamOptions NewFile()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
