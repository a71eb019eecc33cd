using AppNet.Discovery;
using AppNet.Links;
using AppNet.Python;
using AppNet.Transport;
using Microsoft.Extensions.Logging;

namespace AppNet.Peers;

/// <summary>
/// Brings up links to peers that are called: finds where they listen, tries each way, and lets all who want the same peer wait for the
/// same attempt. Safe for use from many threads.
/// </summary>
internal sealed class Dialler : IAsyncDisposable
{
    private readonly IHome _home;
    private readonly PeerTable _peers;
    private readonly LinkTable _links;
    private readonly PythonPeers? _python;
    private readonly Func<HandshakeParty> _self;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();

    // The token of _stop, which can still be asked when the source is disposed of.
    private readonly CancellationToken _stopping;

    private readonly Lock _gate = new();

    // Guarded by _gate. The attempts that are under way.
    private readonly Dictionary<PeerAddress, Task<Link>> _attempts = [];

    /// <summary>Makes a dialler.</summary>
    /// <param name="home">The ways.</param>
    /// <param name="peers">The peers that are known.</param>
    /// <param name="links">Where links go that come up.</param>
    /// <param name="python">The Python peers; null: they are not called.</param>
    /// <param name="self">What this peer brings to a handshake.</param>
    /// <param name="logger">Where failed attempts are reported.</param>
    public Dialler(IHome home, PeerTable peers, LinkTable links, PythonPeers? python, Func<HandshakeParty> self, ILogger logger)
    {
        _home = home;
        _peers = peers;
        _links = links;
        _python = python;
        _self = self;
        _logger = logger;
        _stopping = _stop.Token;
    }

    /// <summary>Brings up a link.</summary>
    /// <param name="id">The peer.</param>
    /// <param name="cancellationToken">Ends the wait; the attempt goes on for others.</param>
    /// <returns>The link.</returns>
    /// <exception cref="NetException">There is no way to the peer.</exception>
    public Task<Link> DialAsync(PeerId id, CancellationToken cancellationToken)
    {
        var address = new PeerAddress(id.Host, id.Port);
        lock (_gate)
        {
            if (!_attempts.TryGetValue(address, out var attempt))
            {
                attempt = Task.Run(() => AttemptAsync(id, address), CancellationToken.None);
                _attempts.Add(address, attempt);

                // When all who wanted it have gone, its failure concerns nobody.
                _ = attempt.ContinueWith(
                    static failed => _ = failed.Exception,
                    CancellationToken.None,
                    TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
                    TaskScheduler.Default);
            }

            return attempt.WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        Task[] attempts;
        lock (_gate)
        {
            attempts = [.. _attempts.Values];
        }

        await Task.WhenAll(attempts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task<Link> AttemptAsync(PeerId id, PeerAddress address)
    {
        try
        {
            _stopping.ThrowIfCancellationRequested();

            // Another attempt may have come to its end since the caller looked.
            return _links.TryGet(address, out var link) ? link : await TryWaysAsync(id, address).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception)
        {
            throw new NetException(NetError.Refused, "This peer has stopped.", exception);
        }
        finally
        {
            lock (_gate)
            {
                _ = _attempts.Remove(address);
            }
        }
    }

    private async Task<Link> TryWaysAsync(PeerId id, PeerAddress address)
    {
        NetException? failure = null;
        foreach (var record in Candidates(address))
        {
            foreach (var listed in record.Addresses)
            {
                var isPython = listed.Transport == PythonPeers.TransportName;
                var way = isPython ? listed : _home.WayTo(listed);
                var transport = isPython ? null : _home.Transports.FirstOrDefault(transport => transport.Name == way?.Transport);
                if (way is null || (transport is null && !isPython))
                {
                    continue;
                }

                try
                {
                    return transport is not null ? await ShakeAsync(id, record, transport, way, address).ConfigureAwait(false)
                        : _python is { } python ? await python.DialAsync(address, _stopping).ConfigureAwait(false)
                        : throw new NetException(NetError.PeerNotFound, $"{id.ToFriendlyString()} is a Python peer. Set NET_PYTHON=1, or NetOptions.Python, to call it.");
                }
                catch (NetException exception)
                {
                    Log.DialFailed(_logger, id, way.ToString(), exception.Message);

                    // What a peer says counts more than that nobody was there to say something.
                    failure = failure is null || failure.Error == NetError.PeerNotFound ? exception : failure;
                    if (exception.InnerException is OperationCanceledException)
                    {
                        // It listens and does not answer: another way leads to the same silence.
                        throw failure;
                    }
                }
            }
        }

        if (_links.IsStopping(address) && failure is null or { Error: NetError.PeerNotFound })
        {
            // It has closed its doors and still finishes what it took; nobody has come in its place.
            throw new NetException(NetError.Refused, $"{id.ToFriendlyString()} stops and takes no more calls. The function has not run.", failure);
        }

        throw failure ?? new NetException(
            NetError.PeerNotFound,
            $"{id.ToFriendlyString()} can't be reached: only peers on this host can, until a key is shared with other hosts.");
    }

    private async Task<Link> ShakeAsync(PeerId id, PeerRecord record, ITransport transport, TransportAddress way, PeerAddress address)
    {
        var self = _self();
        var handshake = await Dialling.DialAsync(transport, TargetOf(id, record, way, self.Options), self, _stopping).ConfigureAwait(false);
        return _links.Add(handshake, address);
    }

    /// <summary>What may be known of the peer at an address: what the table says, then what a fresh look says if it differs.</summary>
    private IEnumerable<PeerRecord> Candidates(PeerAddress address)
    {
        var known = _peers.At(address);
        foreach (var record in known)
        {
            yield return record;
        }

        // What listens and is not listed by a peer of this user may be a Python peer: one that is known is not bothered with our preface.
        var located = _home.Locate(address);
        var python = located is null || located.Info.Instance == Guid.Empty ? _python?.Locate(address) : null;
        if (python is not null && python.Info.Instance != Guid.Empty && known.Count == 0)
        {
            yield return python;
        }

        if (located is { } found && !known.Any(record => record.Info.Instance == found.Info.Instance))
        {
            yield return found;
        }

        if (python is not null)
        {
            yield return python;
        }
    }

    private DialTarget TargetOf(PeerId id, PeerRecord record, TransportAddress way, LinkOptions options)
    {
        var needsProof = _home.NeedsProof(way);
        var secret = needsProof && !record.Secret.IsEmpty ? record.Secret.ToArray() : null;
        return new DialTarget(id, way, InstanceOf(record), secret, needsProof)
        {
            // A peer of this host that is silent for so long is frozen, unless it stands at a breakpoint.
            Limit = record.IsOnHost && !record.Info.HasDebugger ? options.SameHost.LostAfter : null,
        };
    }

    private static Guid? InstanceOf(PeerRecord record) => record.Info.Instance == Guid.Empty ? null : record.Info.Instance;
}
