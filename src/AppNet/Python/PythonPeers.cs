using AppNet.Discovery;
using AppNet.Links;
using AppNet.Python.Wires;
using AppNet.Transport;

namespace AppNet.Python;

/// <summary>
/// The Python peers that this one deals with: which wire each speaks, and the link by which the floors below deal with it. Safe for use from
/// many threads.
/// </summary>
internal sealed class PythonPeers : IPythonEvents, IAsyncDisposable
{
    /// <summary>What stands for a transport in the addresses of Python peers.</summary>
    public const string TransportName = "python";

    /// <summary>What Python peers run on, as their info says.</summary>
    public const string Runtime = "Python";

    private readonly PythonSetup _setup;
    private readonly Func<HandshakeResult, PeerAddress, Link> _addLink;
    private readonly PythonInbox _inbox;
    private readonly Lock _gate = new();

    // Guarded by _gate. Those that this one has a link to.
    private readonly Dictionary<PeerAddress, (PythonNeighbour Neighbour, Link Near)> _neighbours = [];

    // Guarded by _gate. Those that answered last, so that they are asked on the right wire, and keep their instance.
    private readonly Dictionary<PeerAddress, PeerInfo> _known = [];

    // Guarded by _gate. The ends of neighbours.
    private readonly HashSet<Task> _ends = [];

    /// <summary>Makes it; nobody is known yet.</summary>
    /// <param name="setup">This peer.</param>
    /// <param name="addLink">Takes the near end of a link to a Python peer in, as of one that was dialled.</param>
    public PythonPeers(PythonSetup setup, Func<HandshakeResult, PeerAddress, Link> addLink)
    {
        _setup = setup;
        _addLink = addLink;
        _inbox = new PythonInbox(setup);
    }

    /// <summary>Makes the record by which a Python peer, known or supposed, is dialled.</summary>
    /// <param name="address">Where it listens.</param>
    /// <returns>The record; its instance is empty when nothing is known.</returns>
    public PeerRecord Locate(PeerAddress address)
    {
        lock (_gate)
        {
            return RecordOf(_known.GetValueOrDefault(address) ?? new PeerInfo { Host = address.Host, Port = address.Port, Instance = Guid.Empty });
        }
    }

    /// <summary>Gets a link to a Python peer, whose wire is found out if it is not known.</summary>
    /// <param name="address">Where it listens.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The link.</returns>
    /// <exception cref="NetException">No Python peer answers there.</exception>
    public async Task<Link> DialAsync(PeerAddress address, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_setup.Links.HandshakeTimeout, _setup.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var found = await AskAsync(address, either.Token).ConfigureAwait(false)
                ?? throw new NetException(NetError.PeerNotFound, $"What listens at {address} is no peer: neither an AppNet peer of this user nor a Python peer.");
            return Open(address, found.Family, found.Info).Near;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new NetException(NetError.PeerNotFound, $"{address} listens and does not answer.");
        }
    }

    /// <summary>Looks whether a Python peer listens at an address.</summary>
    /// <param name="address">The address.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The peer, or null.</returns>
    public async Task<PeerRecord?> ProbeAsync(PeerAddress address, CancellationToken cancellationToken)
    {
        var found = await AskAsync(address, cancellationToken).ConfigureAwait(false);
        (PythonNeighbour Neighbour, Link Near) entry;
        lock (_gate)
        {
            entry = _neighbours.GetValueOrDefault(address);
        }

        if (entry.Neighbour is { } neighbour && (found is not { } there || there.Family != neighbour.Family || !_inbox.IsKnownTo(neighbour, there.Info)))
        {
            // It is gone, or has started anew: what it knew of this peer is lost.
            neighbour.Leave();
            Forget(address);
        }

        return found is { } peer ? RecordOf(Remember(address, peer.Family, peer.Info)) : null;
    }

    /// <summary>Returns what a Python peer says, as it is listed.</summary>
    /// <param name="known">How it was listed.</param>
    /// <param name="info">What it says.</param>
    /// <returns>The info.</returns>
    public static PeerInfo InfoOf(PeerInfo known, PythonInfo info) => known with
    {
        Group = info.Group,
        IsHub = info.IsHub,
        Executable = info.Executable,
        User = info.User,
    };

    /// <inheritdoc/>
    public Task SubscribeAsync(SubscriptionRequest subscription, PythonFamily family)
    {
        var target = new TransportAddress(_setup.Transport.Name, subscription.Address.Host, subscription.Address.Port);
        if (!_setup.MayConnect(target))
        {
            throw new NetException(NetError.NotAuthorized, $"{subscription.Address} is not on this host; Python peers subscribe on this host only.");
        }

        return Open(subscription.Address, family, info: null).Neighbour.SubscribeAsync(subscription.Event, subscription.Connection);
    }

    /// <inheritdoc/>
    public bool TryDeliver(PythonRequest request, PythonFamily family) => _inbox.TryDeliver(request, family);

    /// <summary>Waits for the far ends of links, which have been left before.</summary>
    /// <returns>A task that ends when nothing is left.</returns>
    public async ValueTask DisposeAsync()
    {
        Task[] ends;
        lock (_gate)
        {
            ends = [.. _ends];
        }

        await Task.WhenAll(ends).ConfigureAwait(false);
    }

    private static PeerRecord RecordOf(PeerInfo info) => new()
    {
        Info = info,
        Addresses = [new TransportAddress(TransportName, info.Host, info.Port)],
        IsOnHost = true,
    };

    private async Task<(PythonFamily Family, PythonInfo Info)?> AskAsync(PeerAddress address, CancellationToken cancellationToken)
    {
        PythonFamily? known;
        lock (_gate)
        {
            known = _known.TryGetValue(address, out var info) ? PythonFamilies.Find(info.Version) : null;
        }

        try
        {
            return await PythonProbe.AskAsync(new PythonClient(_setup, address), known, cancellationToken).ConfigureAwait(false);
        }
        catch (NetException exception) when (exception.Error is NetError.PeerNotFound or NetError.PeerLost or NetError.BadResult)
        {
            return null;
        }
    }

    private PeerInfo Remember(PeerAddress address, PythonFamily family, PythonInfo? info)
    {
        lock (_gate)
        {
            return RememberLocked(address, family, info);
        }
    }

    private PeerInfo RememberLocked(PeerAddress address, PythonFamily family, PythonInfo? info)
    {
        if (!_known.TryGetValue(address, out var known) || known.Version != PythonFamilies.NameOf(family))
        {
            // The Python library knows no instances: one lasts for as long as this peer hears of it without a gap.
            known = new PeerInfo
            {
                Host = address.Host,
                Port = address.Port,
                Instance = Guid.NewGuid(),
                Runtime = Runtime,
                Version = PythonFamilies.NameOf(family),
                Machine = Environment.MachineName,
                StartedAt = _setup.Time.GetUtcNow(),
            };
            Log.PythonPeerFound(_setup.Logger, known.Id, known.Version);
        }

        known = info is null ? known : InfoOf(known, info);
        _known[address] = known;
        return known;
    }

    private void Forget(PeerAddress address)
    {
        lock (_gate)
        {
            _ = _known.Remove(address);
        }
    }

    /// <summary>Returns the link to a Python peer, making it if there is none that takes calls.</summary>
    private (PythonNeighbour Neighbour, Link Near) Open(PeerAddress address, PythonFamily family, PythonInfo? info)
    {
        lock (_gate)
        {
            if (_neighbours.TryGetValue(address, out var entry) && entry.Near.TakesCalls && entry.Neighbour.Family == family)
            {
                return entry;
            }

            if (_neighbours.Count >= PythonLimits.Neighbours)
            {
                throw new NetException(NetError.Overloaded, $"There are links to {PythonLimits.Neighbours} Python peers, as many as this peer takes.");
            }

            var listed = RememberLocked(address, family, info);
            var path = new DuplexInfo(TransportName, address.ToString(), IsSameHost: true);
            var (near, far) = MemoryDuplex.CreatePair(path, path);
            var neighbour = new PythonNeighbour(_setup, listed, family, info?.Flags ?? [], far, _inbox);
            neighbour.Start();
            // Python speaks JSON only: neither raw segments nor streams.
            var limits = _setup.Links.Limits with { Raw = false, Stream = 0, Streams = 0 };
            var link = _addLink(new HandshakeResult(near, listed, IsDialler: true, limits, default), address);
            entry = (neighbour, link);
            _neighbours[address] = entry;
            Observe(address, neighbour);
            return entry;
        }
    }

    private void Observe(PeerAddress address, PythonNeighbour neighbour)
    {
        var end = Task.Run(neighbour.RunAsync);
        _ = _ends.Add(end);
        _ = end.ContinueWith(
            task =>
            {
                lock (_gate)
                {
                    _ = _ends.Remove(task);
                    if (_neighbours.TryGetValue(address, out var entry) && entry.Neighbour == neighbour)
                    {
                        // The next link is to another instance: what it numbers begins anew.
                        _ = _neighbours.Remove(address);
                        _ = _known.Remove(address);
                    }
                }
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }
}
