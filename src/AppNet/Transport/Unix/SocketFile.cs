using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace AppNet.Transport;

/// <summary>
/// The file by which a listening Unix socket is found. A socket appears under its path only once it listens, so that one
/// that refuses is dead for certain and may be replaced.
/// </summary>
internal static class SocketFile
{
    private const int NameSize = 4;

    private static int LongestPath => OperatingSystem.IsLinux() ? 107 : 103;

    /// <summary>Makes an end point of a path.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The end point.</returns>
    /// <exception cref="IOException">The path is empty or longer than the system takes.</exception>
    public static UnixDomainSocketEndPoint EndPoint(string path)
    {
        int size = Encoding.UTF8.GetByteCount(path);
        if (size == 0 || size > LongestPath)
        {
            throw new IOException(
                $"The socket path \"{path}\" is {size} bytes long; this system takes 1 to {LongestPath}. Use a shorter folder.");
        }

        return new UnixDomainSocketEndPoint(path);
    }

    /// <summary>Begins to listen at a path, replacing the file of a process that is gone.</summary>
    /// <param name="address">Where; the host is the path.</param>
    /// <returns>The listening socket, published at the path.</returns>
    /// <exception cref="AddressInUseException">Somebody listens there.</exception>
    /// <exception cref="IOException">It is not possible for another reason.</exception>
    public static Socket Listen(TransportAddress address)
    {
        string path = address.Host;
        _ = EndPoint(path);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"Cannot listen at \"{path}\": there is no folder \"{folder}\".");
        }

        string unpublished = Beside(path);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(EndPoint(unpublished));
            RestrictToOwner(unpublished);
            socket.Listen(SocketListener.Backlog);
            Publish(unpublished, address);
            return socket;
        }
        catch (Exception failure)
        {
            socket.Dispose();
            Remove(unpublished);
            throw failure switch
            {
                SocketException refused => SocketFailure.OfListening(address, refused),
                UnauthorizedAccessException => new IOException($"Cannot listen at \"{path}\": this user may not.", failure),
                IOException => failure,
                _ => new IOException($"Cannot listen at \"{path}\": {failure.Message}", failure),
            };
        }
    }

    /// <summary>Removes a socket's file, if it is there.</summary>
    /// <param name="path">Its path.</param>
    public static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It is gone with its folder, or no longer ours; whoever finds a dead one replaces it.
        }
    }

    // A move that overwrites nothing looks first and renames then, so two could both take one path: hence the lock. Who
    // holds it may also remove a dead file, as nobody can have put a live one in its place.
    private static void Publish(string unpublished, TransportAddress address)
    {
        using var alone = LockPath(address);
        if (IsDead(address.Host, address))
        {
            ThrowIfNoSocket(address.Host);
            File.Delete(address.Host);
        }

        File.Move(unpublished, address.Host, overwrite: false);
    }

    private static FileStream LockPath(TransportAddress address)
    {
        try
        {
            return new FileStream(
                address.Host + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        }
        catch (IOException taken)
        {
            // Somebody else is about to listen there.
            throw new AddressInUseException(address, taken);
        }
    }

    // False: there is nothing (any more). What lives throws.
    private static bool IsDead(string path, TransportAddress address)
    {
        try
        {
            // Null means that its queue is full, and so that it lives.
            SocketDialler.TryConnectAtOnce(EndPoint(path), ProtocolType.Unspecified)?.Dispose();
            throw new AddressInUseException(address);
        }
        catch (SocketException failure) when (failure.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return true;
        }
        catch (SocketException) when (!File.Exists(path))
        {
            return false;
        }
        catch (SocketException failure)
        {
            throw new AddressInUseException(address, failure);
        }
    }

    // Connecting to a file that is no socket is refused just like a dead socket; but only a socket cannot be opened.
    private static void ThrowIfNoSocket(string path)
    {
        try
        {
            File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite).Dispose();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return;
        }

        throw new IOException($"Cannot listen at \"{path}\": a file that is no socket is there.");
    }

    private static void RestrictToOwner(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private static string Beside(string path) => Path.Combine(
        Path.GetDirectoryName(path) ?? string.Empty, $".{Convert.ToHexString(RandomNumberGenerator.GetBytes(NameSize))}");
}
