using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using AppNet.Discovery;

namespace AppNet.Python;

/// <summary>
/// Finds the Python peers of this host by asking at each port of the range, all at once and each alone. They announce nothing, so they are
/// asked again: by who wants to know now, and otherwise every few seconds while somebody watches.
/// </summary>
internal sealed class PythonSource : IPeerSource
{
    /// <summary>How long one port may take to answer.</summary>
    public static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(1);

    private readonly PythonSetup _setup;
    private readonly PythonPeers _peers;
    private readonly IReadOnlyList<PeerAddress> _addresses;
    private readonly Func<PeerAddress, bool> _isOurs;
    private readonly TimeSpan _interval;

    // Who answered last. A question that runs out of time says nothing about who is there, so it changes nothing.
    private readonly ConcurrentDictionary<PeerAddress, PeerRecord> _found = new();

    // When all were asked last, as a timestamp; 0: never.
    private long _askedAt;

    /// <summary>Makes the source.</summary>
    /// <param name="setup">This peer.</param>
    /// <param name="peers">Who asks.</param>
    /// <param name="addresses">Where to ask.</param>
    /// <param name="isOurs">Whether a peer that is none of Python's is known to listen there: it is not asked.</param>
    /// <param name="interval">The time between two rounds while somebody watches.</param>
    public PythonSource(
        PythonSetup setup, PythonPeers peers, IReadOnlyList<PeerAddress> addresses, Func<PeerAddress, bool> isOurs, TimeSpan interval)
    {
        _setup = setup;
        _peers = peers;
        _addresses = addresses;
        _isOurs = isOurs;
        _interval = interval;
    }

    /// <inheritdoc/>
    public string Name => "python";

    /// <inheritdoc/>
    public bool IsOnHost => true;

    /// <inheritdoc/>
    public async IAsyncEnumerable<PeerRecord> FindAsync(PeerQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (query.IsRoutine && Volatile.Read(ref _askedAt) is not 0 and var last && _setup.Time.GetElapsedTime(last) < _interval)
        {
            foreach (var record in _found.Values)
            {
                yield return record;
            }

            yield break;
        }

        Volatile.Write(ref _askedAt, Math.Max(1, _setup.Time.GetTimestamp()));
        var probes = _addresses.Select(address => ProbeAsync(address, cancellationToken)).ToArray();
        await foreach (var probe in Task.WhenEach(probes).ConfigureAwait(false))
        {
            if (await probe.ConfigureAwait(false) is { } peer)
            {
                yield return peer;
            }
        }
    }

    private async Task<PeerRecord?> ProbeAsync(PeerAddress address, CancellationToken cancellationToken)
    {
        if (_isOurs(address))
        {
            _ = _found.TryRemove(address, out _);
            return null;
        }

        using var limit = new CancellationTokenSource(ProbeLimit, _setup.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var record = await _peers.ProbeAsync(address, either.Token).ConfigureAwait(false);
            Log.PythonPortProbed(_setup.Logger, address.Port, record?.Info.Version ?? "none");
            if (record is null)
            {
                _ = _found.TryRemove(address, out _);
                return null;
            }

            return _found[address] = record;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return _found.GetValueOrDefault(address);
        }
    }
}
