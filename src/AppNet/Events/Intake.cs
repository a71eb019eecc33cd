namespace AppNet.Events;

/// <summary>
/// One publisher of a rule: it sees to it that the rule is subscribed there for as long as the publisher is there, and knows which events
/// were seen, also when the link is lost or the publisher starts anew. Known by its address.
/// </summary>
internal sealed class Intake
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan QuickLoss = TimeSpan.FromSeconds(1);

    private readonly EventHub _hub;
    private readonly RuleFilter _filter;
    private readonly TaskCompletionSource _tried = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Guarded by the queue's lock. Over one link as a rule; while a link replaces another, first the one whose events come first.
    private readonly List<Inlet> _inlets = [];

    // Guarded by the queue's lock. The publisher's instance, once it has answered.
    private Guid? _instance;

    // Guarded by the queue's lock. The number of the last event that was handed out or is known to be missed.
    private long _last;

    // Guarded by the queue's lock. Missed, and not yet reported with an event.
    private long _missed;

    // Guarded by the queue's lock. Whether the publisher has started anew, and that was not yet reported.
    private bool _hasRestarted;

    private volatile TaskCompletionSource _poked = NewSignal();
    private volatile bool _isWanted;

    // Owned by the keeping loop: those that are up.
    private Inlet? _open;
    private Inlet? _former;

    // Owned by the keeping loop. Attempts in a row that failed.
    private int _failures;

    /// <summary>Makes an intake.</summary>
    /// <param name="hub">The peer's events.</param>
    /// <param name="queue">Where its events go.</param>
    /// <param name="filter">Which publishers are meant.</param>
    /// <param name="peer">The publisher.</param>
    public Intake(EventHub hub, HandlerQueue queue, RuleFilter filter, Peer peer)
    {
        _hub = hub;
        _filter = filter;
        Queue = queue;
        Peer = peer;
    }

    /// <summary>Gets where its events go.</summary>
    public HandlerQueue Queue { get; }

    /// <summary>Gets the publisher, as it was found.</summary>
    public Peer Peer { get; }

    /// <summary>Gets or sets the instance under which the publisher was found last; empty when it was only named. Guarded by the rule's lock.</summary>
    public Guid Instance { get; set; }

    /// <summary>Gets or sets whether the queue knows that it has an event. Guarded by the queue's lock.</summary>
    public bool IsReady { get; set; }

    /// <summary>Gets a task that ends when subscribing was tried for the first time.</summary>
    public Task Tried => _tried.Task;

    /// <summary>Gets whether the publisher is there and meant; a named one always is.</summary>
    public bool IsWanted => _isWanted;

    /// <summary>Gets the publisher while the subscription stands there, or null.</summary>
    public Peer? Publisher => Volatile.Read(ref _open) is { Begun: { IsCompletedSuccessfully: true, Result: true } } inlet ? inlet.Publisher : null;

    /// <summary>Says whether the publisher is there and meant. It is looked at anew at once.</summary>
    /// <param name="isWanted">Whether it is.</param>
    public void Want(bool isWanted)
    {
        _isWanted = isWanted;
        LookAgain();
    }

    /// <summary>Looks again at once whether the publisher is one of those that are meant.</summary>
    public void LookAgain() => _ = _poked.TrySetResult();

    /// <summary>Keeps the subscription until told to end. Never fails.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task that ends when it has ended.</returns>
    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var poked = _poked = NewSignal();
                if (!_isWanted)
                {
                    await poked.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
                }
                else if (!await TryOnceOrLogAsync(cancellationToken).ConfigureAwait(false))
                {
                    await PauseAsync(poked, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The rule has ended.
        }
        finally
        {
            _ = _tried.TrySetResult();
            CloseInlets();
        }
    }

    /// <summary>Takes on an inlet, before anything can come by it.</summary>
    /// <param name="inlet">The inlet.</param>
    public void Add(Inlet inlet)
    {
        lock (Queue.Gate)
        {
            _inlets.Add(inlet);
        }
    }

    /// <summary>Takes note that a subscription stands.</summary>
    /// <param name="inlet">The inlet.</param>
    /// <param name="number">The number of the last event before it.</param>
    public void Begin(Inlet inlet, long number)
    {
        lock (Queue.Gate)
        {
            inlet.StartsAfter = number;
            _ = FindHeadLocked();
        }

        inlet.Begin();
    }

    /// <summary>Takes note that no event comes by an inlet any more.</summary>
    /// <param name="inlet">The inlet.</param>
    public void Complete(Inlet inlet)
    {
        lock (Queue.Gate)
        {
            inlet.IsOver = true;
            _ = FindHeadLocked();
        }

        Queue.LookAgain(this);
    }

    /// <summary>Tells whether an event can be handed out.</summary>
    /// <returns>Whether it can.</returns>
    public bool HasEventLocked() => FindHeadLocked() is { Waiting.Count: > 0 };

    /// <summary>Takes the next event, with what was missed before it.</summary>
    /// <param name="delivery">The event.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryTakeLocked(out Delivery delivery)
    {
        if (FindHeadLocked() is not { } head || !head.Waiting.TryDequeue(out var item))
        {
            delivery = default;
            return false;
        }

        if (item.Number <= _last)
        {
            // It came over the link before this one too.
            delivery = new Delivery(head, item, 0, HasRestarted: false, IsDuplicate: true);
            return true;
        }

        MissLocked(item.Number - 1 - _last);
        delivery = new Delivery(head, item, _missed, _hasRestarted, IsDuplicate: false);
        (_last, _missed, _hasRestarted) = (item.Number, 0, false);
        return true;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Finds the inlet whose events come first: the oldest that is not over, or has events left.</summary>
    private Inlet? FindHeadLocked()
    {
        while (_inlets.Count > 0)
        {
            var head = _inlets[0];
            if (head.StartsAfter is { } number)
            {
                head.StartsAfter = null;
                StartLocked(head.Link.Remote.Instance, number);
            }

            if (!head.IsOver || head.Waiting.Count > 0)
            {
                return head;
            }

            _inlets.RemoveAt(0);
            head.Drain();
        }

        return null;
    }

    private void StartLocked(Guid instance, long number)
    {
        if (_instance == instance)
        {
            MissLocked(number - _last);
        }
        else if (_instance is not null)
        {
            // What the earlier instance has raised since is not known; what the new one has is.
            (_hasRestarted, _last) = (true, 0);
            MissLocked(number);
        }

        _instance = instance;
        _last = Math.Max(number, _last);
    }

    private void MissLocked(long count)
    {
        if (count > 0)
        {
            _missed += count;
            Queue.CountMissedLocked(count);
        }
    }

    private LastSeen? GetLastSeen()
    {
        lock (Queue.Gate)
        {
            return _instance is { } instance ? new LastSeen(instance, _last) : null;
        }
    }

    private async Task<bool> TryOnceOrLogAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await TryOnceAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is, it may be over next time.
            Log.RuleFailed(_hub.Logger, exception, Queue.EventName, Peer.Id);
            CloseInlets();
            _ = _tried.TrySetResult();
            _failures++;
            return false;
        }
    }

    /// <summary>Subscribes and waits for the end of it.</summary>
    /// <returns>Whether to try again at once.</returns>
    private async Task<bool> TryOnceAsync(CancellationToken cancellationToken)
    {
        var beganAt = _hub.Options.Time.GetTimestamp();
        if (await SubscribeAsync(cancellationToken).ConfigureAwait(false) is not { } inlet)
        {
            _ = _tried.TrySetResult();
            _failures++;
            return false;
        }

        Volatile.Write(ref _open, inlet);
        var stands = await inlet.Begun.WaitAsync(cancellationToken).ConfigureAwait(false);
        _ = _tried.TrySetResult();
        if (stands)
        {
            // Only now: until here events came by the one before.
            _former?.Unsubscribe(finishFirst: true);
            _former = null;
        }

        var end = await WaitForEndAsync(inlet, cancellationToken).ConfigureAwait(false);
        if (end == InletEnd.Moving)
        {
            _former = inlet;
            return true;
        }

        Volatile.Write(ref _open, null);
        var isQuick = _hub.Options.Time.GetElapsedTime(beganAt) < QuickLoss;
        _failures = isQuick ? _failures + 1 : 0;
        if (end != InletEnd.Overrun)
        {
            return !isQuick;
        }

        // What was missed is counted when it stands again, as after a lost link.
        await inlet.Drained.WaitAsync(cancellationToken).ConfigureAwait(false);
        _failures = Math.Max(_failures, 1);
        return false;
    }

    private async Task<Inlet?> SubscribeAsync(CancellationToken cancellationToken)
    {
        string reason;
        try
        {
            var link = await _hub.Options.Links.GetLinkAsync(Peer, cancellationToken).ConfigureAwait(false);
            if (_filter.Matches(link))
            {
                return link.Handler<LinkEvents>().Inlets.Subscribe(this, GetLastSeen());
            }

            reason = "It is not one of those that are meant.";
        }
        catch (NetException exception)
        {
            reason = exception.Message;
        }

        Log.SubscribingFailed(_hub.Logger, Queue.EventName, Peer.Id, reason);
        return null;
    }

    private async Task<InletEnd> WaitForEndAsync(Inlet inlet, CancellationToken cancellationToken)
    {
        while (!inlet.Ended.IsCompleted)
        {
            // One that is no longer found stays as long as the link does. One that has changed its group goes.
            var poked = _poked = NewSignal();
            if (!_filter.Matches(inlet.Link))
            {
                inlet.Link.Handler<LinkEvents>().Inlets.Close(inlet);
                break;
            }

            _ = await Task.WhenAny(inlet.Ended, poked.Task).WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        var end = await inlet.Ended.ConfigureAwait(false);
        if (end == InletEnd.Overrun)
        {
            Log.SubscriptionEnded(_hub.Logger, inlet.Link.Remote.Id, Queue.EventName, inlet.Reason);
        }
        else if (end == InletEnd.Refused)
        {
            // Not again over this link: the publisher has said what it thinks of it.
            Log.SubscriptionEnded(_hub.Logger, inlet.Link.Remote.Id, Queue.EventName, inlet.Reason);
            await inlet.Link.Closed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        else if (end == InletEnd.Lost)
        {
            Log.SubscriptionInterrupted(_hub.Logger, Queue.EventName, inlet.Link.Remote.Id, inlet.Reason);
        }

        return end;
    }

    private async Task PauseAsync(TaskCompletionSource poked, CancellationToken cancellationToken)
    {
        var delay = TimeSpan.FromTicks(Math.Min(LongestDelay.Ticks, FirstDelay.Ticks << Math.Min(_failures - 1, 16)));
        try
        {
            await poked.Task.WaitAsync(delay, _hub.Options.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Time to try again.
        }
    }

    private void CloseInlets()
    {
        Volatile.Write(ref _open, null);
        Inlet[] inlets;
        lock (Queue.Gate)
        {
            inlets = [.. _inlets.Where(inlet => !inlet.IsOver)];
        }

        foreach (var inlet in inlets)
        {
            inlet.Link.Handler<LinkEvents>().Inlets.Close(inlet);
        }
    }
}
