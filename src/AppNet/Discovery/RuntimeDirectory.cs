using System.Runtime.CompilerServices;
using AppNet.Security;
using Microsoft.Extensions.Logging;

namespace AppNet.Discovery;

/// <summary>
/// The peers of this user on this host, as they list themselves in a folder that only the user can reach. Safe for use
/// from many threads.
/// </summary>
/// <remarks>
/// <para>
/// Per peer there are <c>&lt;instance&gt;.lock</c>, locked as long as its process lives, <c>&lt;instance&gt;.sock</c>,
/// <c>&lt;instance&gt;.json</c> and, as a short cut, a <see cref="PortFile"/>. They come in this order, and the lock file gets its name only when it is locked. So an
/// entry whose lock is free has an owner that ended without taking it away, and since no instance ever runs twice, nobody
/// can come back to it: whoever finds such files may delete them, and needs to agree with nobody.
/// </para>
/// <para>
/// Whoever watches looks again every second: the end of a killed process changes no file, so a watch on the folder would
/// not see it, and watches are a scarce resource of the system.
/// </para>
/// </remarks>
internal sealed class RuntimeDirectory : IPeerSource
{
    /// <summary>The most files looked at in one folder; what lies beyond is passed over.</summary>
    public const int MaxFiles = 65_536;

    // An unfinished file is there for an instant; one as old as this was left by somebody who was killed in that instant.
    private static readonly TimeSpan UnfinishedLimit = TimeSpan.FromHours(1);

    private readonly IReadOnlyList<string> _folders;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <summary>Makes the directory; touches no file.</summary>
    /// <param name="folders">The folders to read, best first; peers list themselves in the first that can be used.</param>
    /// <param name="time">Says how old a file is.</param>
    /// <param name="logger">Told of entries that are ignored or removed.</param>
    public RuntimeDirectory(IReadOnlyList<string> folders, TimeProvider time, ILogger logger)
    {
        _folders = folders;
        _time = time;
        _logger = logger;
    }

    /// <inheritdoc/>
    public string Name => "runtime";

    /// <inheritdoc/>
    public bool IsOnHost => true;

    /// <summary>Takes a place for a peer of this process, in which nothing is listed yet.</summary>
    /// <param name="instance">The peer's instance.</param>
    /// <returns>The place.</returns>
    /// <exception cref="IOException">No folder can be used; the message says why, for each.</exception>
    public RuntimeEntry Enter(Guid instance)
    {
        var problems = new List<Exception>();
        foreach (var folder in _folders)
        {
            try
            {
                RuntimeFolder.Prepare(folder);
                return new RuntimeEntry(new RuntimeFiles(folder, instance), _logger);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                problems.Add(exception);
                Log.FolderRefused(_logger, folder, exception.Message);
            }
        }

        throw new IOException(
            $"This peer can't list itself for its neighbours: {string.Join(" ", problems.Select(problem => problem.Message))}",
            problems[0]);
    }

    /// <summary>Returns the peers that live, and removes what dead ones left.</summary>
    /// <returns>The peers, in no order.</returns>
    /// <exception cref="IOException">A folder that is there can't be read, or is not to be trusted.</exception>
    public IReadOnlyList<PeerRecord> Read()
    {
        var peers = new List<PeerRecord>();
        foreach (var folder in TrustedFolders())
        {
            ReadFolder(folder, peers);
        }

        return peers;
    }

    /// <summary>Finds the peer that listens on a TCP port: by the port's file, and only where that does not say by reading all entries.</summary>
    /// <param name="port">The port.</param>
    /// <returns>The peer; null when none that lives is listed with it.</returns>
    /// <exception cref="IOException">A folder that is there can't be read, or is not to be trusted.</exception>
    public PeerRecord? Find(int port) => FindByFile(port) ?? Read().FirstOrDefault(record => record.Info.Port == port);

    /// <summary>Finds the peer that listens on a TCP port by the port's file alone, which costs the same however many peers there are.</summary>
    /// <param name="port">The port.</param>
    /// <returns>The peer; null also when one is listed whose port's file is missing.</returns>
    public PeerRecord? FindByFile(int port)
    {
        foreach (var folder in TrustedFolders())
        {
            if (PortFile.Read(PortFile.PathOf(folder, port)) is { } instance
                && new RuntimeFiles(folder, instance) is var files
                && LifeLock.IsHeld(files.Lock)
                && ReadEntry(files) is { } peer
                && peer.Info.Port == port)
            {
                return peer;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<PeerRecord> FindAsync(
        PeerQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (var peer in Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return peer;
        }
    }

    private IEnumerable<string> TrustedFolders()
    {
        foreach (var folder in _folders)
        {
            if (!Directory.Exists(folder))
            {
                continue;
            }

            if (RuntimeFolder.Problem(folder) is { } problem)
            {
                Log.FolderRefused(_logger, folder, $"it {problem}.");
                continue;
            }

            yield return folder;
        }
    }

    private void ReadFolder(string folder, List<PeerRecord> peers)
    {
        var finished = new Dictionary<string, bool>(StringComparer.Ordinal);
        var ports = new List<string>();
        var files = 0;
        foreach (var path in Directory.EnumerateFiles(folder))
        {
            if (++files > MaxFiles)
            {
                break;
            }

            if (!RuntimeFiles.TryParse(path, out var instance, out var isFinished))
            {
                if (PortFile.IsOne(path))
                {
                    ports.Add(path);
                }

                continue;
            }

            if (isFinished)
            {
                finished[instance] = path.EndsWith(".json", StringComparison.Ordinal)
                    || (finished.TryGetValue(instance, out var hasEntry) && hasEntry);
            }
            else if (_time.GetUtcNow() - new DateTimeOffset(File.GetLastWriteTimeUtc(path)) > UnfinishedLimit)
            {
                Delete(path);
            }
        }

        var gone = new HashSet<Guid>();
        foreach (var peer in finished)
        {
            var instance = new RuntimeFiles(folder, Guid.ParseExact(peer.Key, "N"));
            if (!TryReadInstance(instance, peer.Value, peers))
            {
                gone.Add(instance.Instance);
            }
        }

        // Read only when somebody died: on other days they are as many as the peers.
        foreach (var path in gone.Count > 0 ? ports : [])
        {
            if (PortFile.Read(path) is { } instance && gone.Contains(instance))
            {
                Delete(path);
            }
        }
    }

    /// <summary>Reads a peer that lives, or removes what is left of it.</summary>
    /// <returns>False when it was removed.</returns>
    private bool TryReadInstance(in RuntimeFiles files, bool hasEntry, List<PeerRecord> peers)
    {
        if (LifeLock.IsHeld(files.Lock))
        {
            if (hasEntry && ReadEntry(files) is { } peer)
            {
                peers.Add(peer);
            }
        }
        else if (!File.Exists(files.Lock) || LifeLock.IsFree(in files))
        {
            // The lock file last: as long as it is there, whoever looks next takes up what could not be deleted now.
            Delete(files.Entry);
            Delete(files.UnfinishedEntry);
            Delete(files.Socket);
            Delete(files.Lock);
            Log.StaleEntryRemoved(_logger, files.Instance, files.Folder);
            return false;
        }

        return true;
    }

    private PeerRecord? ReadEntry(in RuntimeFiles files)
    {
        try
        {
            using var file = OwnFile.OpenRead(files.Entry);
            var length = RandomAccess.GetLength(file);
            if (length > RuntimeEntryJson.MaxBytes)
            {
                Log.EntryIgnored(_logger, files.Entry, $"it takes more than {RuntimeEntryJson.MaxBytes} bytes.");
                return null;
            }

            // Whole, as entries only ever get their name when they are; one that was cut is no JSON.
            var buffer = new byte[length];
            var json = buffer.AsSpan(0, RandomAccess.Read(file, buffer, fileOffset: 0));
            if (!RuntimeEntryJson.TryRead(json, out var record, out var problem) || record.Info.Instance != files.Instance)
            {
                Log.EntryIgnored(_logger, files.Entry, problem ?? "it is of another instance than its name says.");
                return null;
            }

            return record;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null; // its owner has just taken it away
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.EntryIgnored(_logger, files.Entry, exception.Message);
            return null;
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
