using System.Security.Cryptography;

namespace AppNet.Security;

/// <summary>
/// The file that keeps a user's key ring: mode 0600, whole or not there, changed by one process at a time. Safe for use from many
/// threads and processes.
/// </summary>
/// <remarks>
/// Changes are made under a lock on a file beside it, which stays there: deleting it would let two hold it, one the old file and one
/// the new. The ring itself appears by a rename, so who reads needs no lock.
/// </remarks>
/// <param name="path">Where it is.</param>
/// <param name="time">Paces the wait for the lock.</param>
internal sealed class KeyFile(string path, TimeProvider time)
{
    private const int LockAttempts = 500;

    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(20);

    /// <summary>Gets where it is.</summary>
    public string Path => path;

    /// <summary>Names the file of this user.</summary>
    /// <param name="named">The one that was named; null: the default one.</param>
    /// <returns>The full path, or null where the user has no folder for configurations.</returns>
    public static string? Locate(string? named)
    {
        if (!string.IsNullOrEmpty(named))
        {
            return System.IO.Path.GetFullPath(named);
        }

        var folder = Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return folder.Length == 0 ? null : System.IO.Path.Combine(folder, "appnet", "key");
    }

    /// <summary>Reads the ring.</summary>
    /// <returns>The ring; null: there is no file.</returns>
    /// <exception cref="IOException">The file is there and is refused; the message says why, and what to do.</exception>
    public KeyRing? Read()
    {
        try
        {
            using var file = OwnFile.OpenRead(path);
            var length = RandomAccess.GetLength(file);
            if (length > KeyRingText.MaxBytes)
            {
                throw Refused($"takes more than {KeyRingText.MaxBytes} bytes");
            }

            var content = new byte[length];
            var read = RandomAccess.Read(file, content, fileOffset: 0);
            var isRing = KeyRingText.TryRead(content.AsSpan(0, read), out var ring, out var problem);
            CryptographicOperations.ZeroMemory(content);
            return isRing ? ring : throw Refused(problem!);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Reads the ring, or makes one when there is none. All who do so at once get the same.</summary>
    /// <param name="cancellationToken">Ends the wait for another process.</param>
    /// <returns>The ring.</returns>
    /// <exception cref="IOException">The file is refused, or can't be made.</exception>
    public async Task<KeyRing> ReadOrMakeAsync(CancellationToken cancellationToken) =>
        Read() ?? await ChangeAsync(ring => ring ?? KeyRing.Make(), cancellationToken).ConfigureAwait(false);

    /// <summary>Changes the ring, while no other process does.</summary>
    /// <param name="change">Makes the new ring of the one in the file, null when there is none. What it throws ends the change.</param>
    /// <param name="cancellationToken">Ends the wait for another process.</param>
    /// <returns>The ring that is in the file now.</returns>
    /// <exception cref="IOException">The file is refused, or can't be written. It is as before.</exception>
    public async Task<KeyRing> ChangeAsync(Func<KeyRing?, KeyRing> change, CancellationToken cancellationToken)
    {
        try
        {
            MakeFolder();
            using var alone = await LockAsync(cancellationToken).ConfigureAwait(false);
            var before = Read();
            var after = change(before);
            if (after != before)
            {
                Write(after);
            }

            return after;
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException($"The key file '{path}' can't be written: {exception.Message}", exception);
        }
    }

    private static FileStreamOptions OwnerOnly(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    private void MakeFolder()
    {
        var folder = System.IO.Path.GetDirectoryName(path)!;
        _ = OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(folder)
            : Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path + ".lock", OwnerOnly(FileMode.OpenOrCreate));
            }
            catch (IOException) when (attempt < LockAttempts && File.Exists(path + ".lock"))
            {
                await Task.Delay(LockPause, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private void Write(KeyRing ring)
    {
        var content = KeyRingText.Write(ring);
        var unfinished = $"{path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}.new";
        try
        {
            using (var stream = new FileStream(unfinished, OwnerOnly(FileMode.CreateNew)))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    private IOException Refused(string problem) => new($"The key file '{path}' {problem}.");
}
