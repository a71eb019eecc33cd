using System.Diagnostics.CodeAnalysis;
using AppNet.Diagnostics;
using AppNet.Links;

namespace AppNet.Peers;

/// <summary>
/// The links of one peer, by the instance at their other end. Of two links between the same two peers it keeps one, the same
/// on both sides. Safe for use from many threads.
/// </summary>
/// <remarks>
/// Two links come to be when both peers dial at once, or when one has lost a link and the other doesn't know yet. The one
/// stays whose dialling side has the lower instance, once it has shown life; then the side that dialled the other one leaves that,
/// without loss for calls under way. If it shows none, the other one stays. docs/protocol.md, section 5.3.
/// </remarks>
internal sealed class LinkTable
{
    private readonly Guid _self;
    private readonly Func<HandshakeResult, Link> _makeLink;
    private readonly KeepAlive _keepAlive;
    private readonly Action<Link> _greet;
    private readonly Action<Link> _onGone;
    private readonly Lock _gate = new();

    // Guarded by _gate.
    private readonly Dictionary<Guid, LinkEntry> _entries = [];

    // Guarded by _gate. Under which addresses instances are linked.
    private readonly Dictionary<PeerAddress, Guid> _instances = [];

    // Guarded by _gate. Every link that is up, those to this peer itself included, with the task that sees to its end.
    private readonly Dictionary<Link, Task> _links = [];

    // Guarded by _gate.
    private bool _isStopped;

    /// <summary>Makes an empty table.</summary>
    /// <param name="self">The instance of this peer.</param>
    /// <param name="makeLink">Makes links of handshakes.</param>
    /// <param name="keepAlive">Who looks after them.</param>
    /// <param name="greet">Told of each new link, which it may send something, with no lock held.</param>
    /// <param name="onGone">Told of the end of the last link to a peer, with no lock held.</param>
    public LinkTable(
        Guid self, Func<HandshakeResult, Link> makeLink, KeepAlive keepAlive, Action<Link> greet, Action<Link> onGone)
    {
        _onGone = onGone;
        _self = self;
        _makeLink = makeLink;
        _keepAlive = keepAlive;
        _greet = greet;
    }

    /// <summary>Gets the number of links.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _links.Count;
            }
        }
    }

    /// <summary>Returns the links that are up, those to this peer itself included.</summary>
    /// <returns>A copy.</returns>
    public IReadOnlyList<Link> Snapshot()
    {
        lock (_gate)
        {
            return [.. _links.Keys];
        }
    }

    /// <summary>Finds the link for new calls to the peer at an address.</summary>
    /// <param name="address">The address.</param>
    /// <param name="link">The link.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGet(PeerAddress address, [NotNullWhen(true)] out Link? link)
    {
        lock (_gate)
        {
            // Between the goodbye to one of two links and the decision here for the other, it is the other.
            link = _instances.TryGetValue(address, out var instance) && _entries.TryGetValue(instance, out var entry)
                ? entry.Preferred is { TakesCalls: true } preferred ? preferred : entry.Links.Find(other => other.TakesCalls)
                : null;
            return link is not null;
        }
    }

    /// <summary>Says whether the peer at an address is one that stops: it is still linked, and takes nothing new.</summary>
    /// <param name="address">The address.</param>
    /// <returns>Whether it is.</returns>
    public bool IsStopping(PeerAddress address)
    {
        lock (_gate)
        {
            return _instances.TryGetValue(address, out var instance)
                && _entries.TryGetValue(instance, out var entry)
                && entry.Links.Exists(link => link.IsStoppingThere);
        }
    }

    /// <summary>Adds a link and begins to read it.</summary>
    /// <param name="handshake">What the handshake gave.</param>
    /// <param name="dialled">The address that was dialled, if it was dialled here.</param>
    /// <returns>The link.</returns>
    /// <exception cref="NetException">This peer has stopped.</exception>
    public Link Add(HandshakeResult handshake, PeerAddress? dialled)
    {
        if (IsStopped)
        {
            handshake.Duplex.Dispose();
            throw Stopped();
        }

        var link = _makeLink(handshake);
        if (!TryAdd(link, dialled, out var older))
        {
            // What its protocols have noted of it ends as with any link that is lost.
            var stopped = Stopped();
            link.Abort(stopped);
            link.OnEnd(stopped);
            throw stopped;
        }

        Telemetry.Add(Telemetry.Links, 1);
        _keepAlive.Add(link);
        link.Start();
        _greet(link);
        if (older is not null)
        {
            _ = SettleAsync(older, link);
        }

        return link;
    }

    /// <summary>Takes no more links and leaves those that are up, finishing what is under way.</summary>
    /// <param name="cancellationToken">Ends the wait for what is under way.</param>
    /// <returns>A task that ends when all links are gone.</returns>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Link[] links;
        Task[] ends;
        lock (_gate)
        {
            _isStopped = true;
            links = [.. _links.Keys];
            ends = [.. _links.Values];
        }

        await Task.WhenAll(links.Select(link => link.LeaveAsync(Goodbye.Stopping, cancellationToken))).ConfigureAwait(false);
        await Task.WhenAll(ends).ConfigureAwait(false);
    }

    private bool IsStopped
    {
        get
        {
            lock (_gate)
            {
                return _isStopped;
            }
        }
    }

    private static NetException Stopped() => new(NetError.Refused, "This peer has stopped.");

    private bool TryAdd(Link link, PeerAddress? dialled, out Link? older)
    {
        lock (_gate)
        {
            older = null;
            if (_isStopped)
            {
                return false;
            }

            older = AddLocked(link, dialled);
            _links.Add(link, SeeToEndAsync(link));
            return true;
        }
    }

    private Link? AddLocked(Link link, PeerAddress? dialled)
    {
        var instance = link.Remote.Instance;
        if (instance == _self && !link.IsDialler)
        {
            // The far end of a link to this peer itself: calls go over the near one.
            return null;
        }

        if (!_entries.TryGetValue(instance, out var entry))
        {
            _entries.Add(instance, entry = new LinkEntry());
        }

        NoteLocked(new PeerAddress(link.Remote.Host, link.Remote.Port), instance, entry);
        if (dialled is { } address)
        {
            NoteLocked(address, instance, entry);
        }

        var older = entry.Links.Count > 0 ? entry.Links[^1] : null;
        entry.Links.Add(link);
        if (entry.Preferred is not { TakesCalls: true })
        {
            entry.Preferred = link;
        }

        return older;
    }

    private void NoteLocked(PeerAddress address, Guid instance, LinkEntry entry)
    {
        _instances[address] = instance;
        _ = entry.Addresses.Add(address);
    }

    private async Task SeeToEndAsync(Link link)
    {
        await link.Closed.ConfigureAwait(false);
        Telemetry.Add(Telemetry.Links, -1);
        var isLast = false;
        lock (_gate)
        {
            _ = _links.Remove(link);
            if (_entries.TryGetValue(link.Remote.Instance, out var entry) && entry.Links.Remove(link))
            {
                RemoveLocked(link, entry);
                isLast = entry.Links.Count == 0 && !_isStopped;
            }
        }

        if (isLast)
        {
            _onGone(link);
        }
    }

    private void RemoveLocked(Link link, LinkEntry entry)
    {
        if (entry.Links.Count > 0)
        {
            entry.Preferred = ReferenceEquals(entry.Preferred, link) ? entry.Links[^1] : entry.Preferred;
            return;
        }

        var instance = link.Remote.Instance;
        _ = _entries.Remove(instance);
        foreach (var address in entry.Addresses)
        {
            if (_instances.TryGetValue(address, out var current) && current == instance)
            {
                _ = _instances.Remove(address);
            }
        }
    }

    /// <summary>Decides between two links to one peer. Its waits end with the links, and nothing it calls fails.</summary>
    private async Task SettleAsync(Link older, Link newer)
    {
        if (older.Remote.Instance == _self)
        {
            return;
        }

        // The answer says that the other side has the link that is kept. Without it the other one stays.
        var (kept, other) = IsOlderKept(older, newer) ? (older, newer) : (newer, older);
        if (!await kept.IsAliveAsync().ConfigureAwait(false) || !kept.TakesCalls)
        {
            return;
        }

        lock (_gate)
        {
            if (_entries.TryGetValue(kept.Remote.Instance, out var entry))
            {
                entry.Preferred = kept;
            }
        }

        if (other.IsDialler && other.TakesCalls)
        {
            await other.LeaveAsync(Goodbye.Duplicate, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private bool IsOlderKept(Link older, Link newer)
    {
        // Both dialled by the same side, under two names of one peer: that side keeps the older one.
        return older.IsDialler == newer.IsDialler
            || Compare(DiallerOf(older), DiallerOf(newer)) < 0;

        Guid DiallerOf(Link link) => link.IsDialler ? _self : link.Remote.Instance;
    }

    private static int Compare(Guid left, Guid right)
    {
        Span<byte> leftBytes = stackalloc byte[16];
        Span<byte> rightBytes = stackalloc byte[16];
        _ = left.TryWriteBytes(leftBytes, bigEndian: true, out _);
        _ = right.TryWriteBytes(rightBytes, bigEndian: true, out _);
        return leftBytes.SequenceCompareTo(rightBytes);
    }
}
