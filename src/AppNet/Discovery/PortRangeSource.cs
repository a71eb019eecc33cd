using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using AppNet.Transport;
using Microsoft.Extensions.Logging;

namespace AppNet.Discovery;

/// <summary>
/// Finds the peers of this host by asking at each port of the range, its end included, at once. Each port is asked alone
/// and within its own time, so what one answers, or fails to, hides no other.
/// </summary>
internal sealed class PortRangeSource : IPeerSource, IDisposable
{
    /// <summary>How long one port may take to answer.</summary>
    public static readonly TimeSpan ProbeLimit = TimeSpan.FromMilliseconds(150);

    private const string Host = "127.0.0.1";

    private readonly IPortProbe _probe;
    private readonly int[] _ports;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _slots;

    // Who last answered at a port. A probe that runs out of time says nothing about who is there, so it changes nothing.
    private readonly ConcurrentDictionary<int, PeerRecord> _known = new();

    /// <summary>Makes the source.</summary>
    /// <param name="probe">Asks at one port.</param>
    /// <param name="portStart">The first port.</param>
    /// <param name="portRange">How many ports follow the first one; those beyond 65535 are left out.</param>
    /// <param name="threadLimit">A sixteenth of how many ports are asked at the same time.</param>
    /// <param name="time">Keeps the time of each probe.</param>
    /// <param name="logger">Told of each probe, at Debug.</param>
    public PortRangeSource(
        IPortProbe probe, int portStart, int portRange, int threadLimit, TimeProvider time, ILogger logger)
    {
        _probe = probe;
        _ports = [.. Enumerable.Range(portStart, portRange + 1).Where(port => port <= ushort.MaxValue)];
        _time = time;
        _logger = logger;
        _slots = new SemaphoreSlim(threadLimit * 16);
    }

    /// <inheritdoc/>
    public string Name => "ports";

    /// <inheritdoc/>
    public bool IsOnHost => true;

    /// <inheritdoc/>
    public async IAsyncEnumerable<PeerRecord> FindAsync(
        PeerQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var probes = Array.ConvertAll(_ports, port => ProbeInTurnAsync(port, cancellationToken));
        await foreach (var probe in Task.WhenEach(probes).ConfigureAwait(false))
        {
            if (await probe.ConfigureAwait(false) is { } peer)
            {
                yield return peer;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _slots.Dispose();

    private async Task<PeerRecord?> ProbeInTurnAsync(int port, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await ProbeAsync(port, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _slots.Release();
        }
    }

    private async Task<PeerRecord?> ProbeAsync(int port, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(ProbeLimit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var result = await _probe.ProbeAsync(Host, port, either.Token).ConfigureAwait(false);
            Log.PortProbed(_logger, port, result.Peer is not null ? "a peer" : result.IsForeign ? "no peer" : "nobody");
            return Remember(port, result.Peer);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Log.PortSilent(_logger, port, ProbeLimit.TotalMilliseconds);
            return _known.GetValueOrDefault(port);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.PortProbeFailed(_logger, exception, port);
            return Remember(port, peer: null);
        }
    }

    private PeerRecord? Remember(int port, PeerRecord? peer)
    {
        if (peer is null)
        {
            _ = _known.TryRemove(port, out _);
            return null;
        }

        var record = peer with
        {
            IsOnHost = true,
            Addresses = peer.Addresses.Count > 0 ? peer.Addresses : [new TransportAddress("tcp", Host, port)],
        };
        _known[port] = record;
        return record;
    }
}
