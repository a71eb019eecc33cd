using System.Text;
using Microsoft.Extensions.Logging;

namespace AppNet.Discovery;

/// <summary>
/// This peer's place in the runtime directory. Made first, it holds the lock by which others see that the peer lives, so
/// that the socket and then the entry may appear beside it; disposing it takes all of them away. Safe for use from many
/// threads.
/// </summary>
internal sealed class RuntimeEntry : IDisposable
{
    // What the shortest of the systems takes (macOS: 104 with the closing zero).
    private const int MaxSocketPathBytes = 103;

    private readonly Lock _gate = new();
    private readonly RuntimeFiles _files;
    private readonly FileStream _lock;
    private readonly ILogger _logger;
    private string? _portFile; // Guarded by _gate. Null until the peer is listed.
    private bool _isDisposed; // Guarded by _gate.

    /// <summary>Takes the instance's place in a folder that was prepared.</summary>
    /// <param name="files">Where.</param>
    /// <param name="logger">Told of it.</param>
    /// <exception cref="IOException">The folder can't be written to, or files can't be locked there.</exception>
    public RuntimeEntry(in RuntimeFiles files, ILogger logger)
    {
        _files = files;
        _logger = logger;
        _lock = LifeLock.Take(files);
    }

    /// <summary>Gets the path for the peer's Unix socket, or null when it would be longer than the systems take.</summary>
    public string? SocketPath => Encoding.UTF8.GetByteCount(_files.Socket) <= MaxSocketPathBytes ? _files.Socket : null;

    /// <summary>Lists the peer, or what it now says of itself. Others see the old entry or the new one, never a part.</summary>
    /// <param name="record">The peer, of the instance that this entry was made for.</param>
    /// <exception cref="IOException">The entry can't be written; the old one, if any, stays.</exception>
    /// <exception cref="ObjectDisposedException">The entry was taken away.</exception>
    public void Publish(PeerRecord record)
    {
        if (record.Info.Instance != _files.Instance)
        {
            throw new ArgumentException("The entry belongs to another instance.", nameof(record));
        }

        var json = RuntimeEntryJson.Serialize(record);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            using (var stream = new FileStream(_files.UnfinishedEntry, NewFile()))
            {
                stream.Write(json.Span);
            }

            File.Move(_files.UnfinishedEntry, _files.Entry, overwrite: true);
            WritePortLocked(record.Info.Port);
        }

        Log.EntryPublished(_logger, _files.Entry);
    }

    /// <summary>
    /// Makes the files look new. Systems that clean their folder for temporary files delete what nobody has changed for
    /// days, so a peer that lives longer does this once a day.
    /// </summary>
    /// <param name="now">The time.</param>
    public void Renew(DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            foreach (var path in (ReadOnlySpan<string?>)[_files.Lock, _files.Entry, _files.Socket, _portFile])
            {
                if (path is null)
                {
                    continue;
                }

                try
                {
                    File.SetLastAccessTimeUtc(path, now.UtcDateTime);
                    File.SetLastWriteTimeUtc(path, now.UtcDateTime);
                }
                catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
                {
                    Log.EntryNotRenewed(_logger, exception, path);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        string? portFile;
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            portFile = _portFile;
        }

        // What leads to the entry and the entry first, so that nobody finds one without its lock.
        if (portFile is not null && PortFile.Read(portFile) == _files.Instance)
        {
            Delete(portFile);
        }

        Delete(_files.Entry);
        Delete(_files.UnfinishedEntry);
        Delete(_files.Socket);
        if (OperatingSystem.IsWindows())
        {
            _lock.Dispose(); // an open file can't be deleted there
            Delete(_files.Lock);
        }
        else
        {
            Delete(_files.Lock);
            _lock.Dispose();
        }
    }

    private static FileStreamOptions NewFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    private void WritePortLocked(int port)
    {
        var path = PortFile.PathOf(_files.Folder, port);
        try
        {
            PortFile.Write(path, _files.Instance);
            _portFile = path;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.PortNotWritten(_logger, exception, path);
        }
    }

    private void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.StaleFileKept(_logger, exception, path);
        }
    }
}
