using System.Diagnostics.CodeAnalysis;
using AppNet.Connections;

namespace AppNet.Events;

/// <summary>
/// A standing rule of this peer: subscribed to an event at each publisher that is meant, those that come later and those that come back
/// included, until it is disposed. Safe for use from many threads.
/// </summary>
internal sealed class Rule : IDisposable
{
    // Beyond it publishers that are gone are forgotten.
    private const int MaxIntakes = 4_096;

    private readonly EventHub _hub;
    private readonly RuleFilter _filter;
    [SuppressMessage("Usage", "CA2213", Justification = "It holds no timer, and others use its token after the end.")]
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();

    // Guarded by _gate. The publishers, with what ends each, and its end.
    private readonly Dictionary<PeerAddress, (Intake Intake, CancellationTokenSource Stop, Task End)> _intakes = [];

    // Guarded by _gate.
    private bool _isEnded;

    /// <summary>Makes a rule, which subscribes nowhere yet.</summary>
    /// <param name="hub">The peer's events.</param>
    /// <param name="key">What makes it this one.</param>
    /// <param name="handler">What handles the events.</param>
    /// <param name="filter">Which publishers are meant.</param>
    public Rule(EventHub hub, in RuleKey key, ConnectionDefinition handler, RuleFilter filter)
    {
        _hub = hub;
        _filter = filter;
        Key = key;
        Queue = new HandlerQueue(hub, key.EventName, handler);
    }

    /// <summary>Gets what makes it this one.</summary>
    public RuleKey Key { get; }

    /// <summary>Gets or sets how many have subscribed by it and not ended that. Guarded by the hub's lock.</summary>
    public int Holders { get; set; } = 1;

    /// <summary>Gets the handler and what waits for it.</summary>
    public HandlerQueue Queue { get; }

    /// <summary>Gets a token that ends with the rule.</summary>
    public CancellationToken Ended => _stop.Token;

    /// <summary>Gets which publishers are meant.</summary>
    public RuleFilter Filter => _filter;

    /// <summary>Gets the publishers at which it stands: a snapshot.</summary>
    public IReadOnlyList<Peer> Publishers =>
        [.. Snapshot().Select(entry => entry.Intake.Publisher).OfType<Peer>()];

    /// <summary>Gets a task that ends when each publisher that is known has been asked.</summary>
    public Task Tried => Task.WhenAll(Snapshot().Where(entry => entry.Intake.IsWanted).Select(entry => entry.Intake.Tried));

    /// <summary>Gets a task that ends when the rule, which is disposed, has left all publishers.</summary>
    public Task End => Task.WhenAll(Snapshot().Select(entry => entry.End));

    /// <summary>Begins with the publishers that are named.</summary>
    public void Start()
    {
        foreach (var id in _filter.Peers ?? [])
        {
            Want(id, null);
        }
    }

    /// <summary>Takes note of a peer that is there, or no longer.</summary>
    /// <param name="presence">The peer.</param>
    public void Offer(PublisherPresence presence)
    {
        if (_filter.Matches(presence))
        {
            Want(presence.Info.Id, presence.Info);
        }
        else if (_filter.Peers is null)
        {
            lock (_gate)
            {
                // One that has another instance by now is another peer.
                if (_intakes.GetValueOrDefault(new PeerAddress(presence.Info.Host, presence.Info.Port).Canonical).Intake is { } intake
                    && (presence.IsThere || intake.Instance == presence.Info.Instance))
                {
                    intake.Want(isWanted: false);
                }
            }
        }
    }

    /// <summary>Looks again whether each publisher is meant, as one of them has changed.</summary>
    public void LookAgain()
    {
        foreach (var entry in Snapshot())
        {
            entry.Intake.LookAgain();
        }
    }

    /// <summary>Ends what one who holds the rule has begun; the rule ends with the last of them.</summary>
    public void Release()
    {
        if (_hub.LetGo(this))
        {
            Dispose();
        }
    }

    /// <summary>Ends the rule: no event is handed out from now on; the one that is being handled goes on.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isEnded)
            {
                return;
            }

            _isEnded = true;
        }

        Queue.Dispose();
        _hub.Remove(this);
        _ = _stop.CancelAsync();
    }

    private (Intake Intake, CancellationTokenSource Stop, Task End)[] Snapshot()
    {
        lock (_gate)
        {
            return [.. _intakes.Values];
        }
    }

    private void Want(PeerId id, PeerInfo? info)
    {
        Intake intake;
        lock (_gate)
        {
            if (_isEnded)
            {
                return;
            }

            var address = new PeerAddress(id.Host, id.Port).Canonical;
            if (!_intakes.TryGetValue(address, out var entry))
            {
                ForgetSomeLocked();
                intake = new Intake(_hub, Queue, _filter, new Peer(_hub.Options.Links, id, info));
                intake.Want(isWanted: true);
                var stop = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
                _intakes.Add(address, entry = (intake, stop, Task.Run(() => intake.KeepAsync(stop.Token), CancellationToken.None)));
            }

            intake = entry.Intake;
            intake.Instance = info?.Instance ?? intake.Instance;
            intake.Want(isWanted: true);
        }
    }

    /// <summary>Ends a publisher's intake, whose end never fails, and gives up what has ended it.</summary>
    private static async Task EndAsync(CancellationTokenSource stop, Task end)
    {
        await stop.CancelAsync().ConfigureAwait(false);
        await end.ConfigureAwait(false);
        stop.Dispose();
    }

    private void ForgetSomeLocked()
    {
        if (_intakes.Count < MaxIntakes)
        {
            return;
        }

        foreach (var (address, entry) in _intakes.Where(pair => !pair.Value.Intake.IsWanted).ToArray())
        {
            _ = _intakes.Remove(address);
            _ = EndAsync(entry.Stop, entry.End);
        }
    }
}
