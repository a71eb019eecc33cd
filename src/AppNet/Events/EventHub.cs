using AppNet.Connections;
using AppNet.Links;
using AppNet.Wire;
using Microsoft.Extensions.Logging;

namespace AppNet.Events;

/// <summary>
/// The events of one peer: what it raises, for those who have subscribed over its links, and the rules by which it subscribes elsewhere.
/// docs/protocol.md, section 12. Safe for use from many threads.
/// </summary>
internal sealed class EventHub : ILinkProtocol, IAsyncDisposable
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(10);

    // A publisher that does not answer in time is subscribed to all the same, when it does.
    private static readonly TimeSpan FirstAnswerLimit = TimeSpan.FromSeconds(5);

    // How long after a watch that failed the next one begins.
    private static readonly TimeSpan WatchDelay = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();

    // Guarded by _gate.
    private readonly Dictionary<RuleKey, Rule> _rules = [];

    // Guarded by _gate. The peers that are there, as far as the watch has told.
    private readonly Dictionary<Guid, PublisherPresence> _known = [];

    // Guarded by _gate. For each search under way the peers that have gone since it began: its answer may be older than that.
    private readonly HashSet<HashSet<Guid>> _searches = [];

    // Guarded by _gate. Watches for publishers, from the first rule on.
    private Task? _watch;

    // Guarded by _gate. Looks for handlers that hang, from the first rule on.
    private ITimer? _timer;

    private volatile bool _isStopping;

    /// <summary>Makes the events of a peer.</summary>
    /// <param name="options">What they have in common.</param>
    public EventHub(EventOptions options)
    {
        Options = options;
        Topics = new TopicTable(this);
    }

    /// <inheritdoc/>
    public IReadOnlyList<FrameType> FrameTypes { get; } =
        [FrameType.Subscribe, FrameType.Unsubscribe, FrameType.Event, FrameType.Notice, FrameType.Grant];

    /// <summary>Gets what the events have in common.</summary>
    public EventOptions Options { get; }

    /// <summary>Gets where events are reported.</summary>
    public ILogger Logger => Options.Logger;

    /// <summary>Gets the instance of this peer.</summary>
    public Guid Instance => Options.Instance;

    /// <summary>Gets the events by name.</summary>
    public TopicTable Topics { get; }

    /// <summary>Gets who sends for raisers who come back at once.</summary>
    public FlushRound Flushes { get; } = new();

    /// <summary>Gets whether the peer stops, so that subscriptions end with their links.</summary>
    public bool IsStopping => _isStopping;

    /// <summary>Gets the rules: a snapshot.</summary>
    public IReadOnlyList<Rule> Rules
    {
        get
        {
            lock (_gate)
            {
                return [.. _rules.Values];
            }
        }
    }

    /// <inheritdoc/>
    public IFrameHandler Attach(Link link) => new LinkEvents(this, link);

    /// <summary>Raises an event whose arguments have known types. Costs next to nothing when nobody has subscribed.</summary>
    /// <typeparam name="TArguments">The arguments together.</typeparam>
    /// <param name="definition">The event.</param>
    /// <param name="arguments">The arguments.</param>
    /// <returns>A task that ends when the event is queued for each subscriber.</returns>
    public Task RaiseAsync<TArguments>(EventDefinition<TArguments> definition, in TArguments arguments)
        where TArguments : struct
    {
        if (definition.Topic is not Topic topic || topic.Hub != this)
        {
            definition.Topic = topic = Topics.GetForRaising(definition.Name);
        }

        if (topic.TrySkip())
        {
            return Task.CompletedTask;
        }

        var buffer = PayloadBuffer.Rent(Options.MaxMessageBytes);
        try
        {
            var writer = new ArgumentWriter(buffer, Options.SerializerOptions, definition: null, definition.Name);
            definition.WriteArguments(ref writer, in arguments);
            writer.End();
            return topic.RaiseAsync(new EventContent(buffer.WrittenSpan, FrameFlags.None, writer.TrailingDefaults), definition.WhenFull);
        }
        catch (NetException exception)
        {
            return Task.FromException(exception);
        }
        finally
        {
            PayloadBuffer.Return(buffer);
        }
    }

    /// <summary>Raises an event by its name.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="whenFull">What happens when a subscriber's queue is full.</param>
    /// <param name="arguments">The arguments.</param>
    /// <returns>A task that ends when the event is queued for each subscriber.</returns>
    public Task RaiseAsync(string name, EventQueueFull whenFull, EventArguments arguments)
    {
        var topic = Topics.GetForRaising(name);
        if (topic.TrySkip())
        {
            return Task.CompletedTask;
        }

        var buffer = PayloadBuffer.Rent(Options.MaxMessageBytes);
        try
        {
            var writer = new ArgumentWriter(buffer, Options.SerializerOptions, definition: null, name);
            arguments.WriteTo(ref writer);
            writer.End();
            var flags = arguments.HasNames ? FrameFlags.Named : FrameFlags.None;
            return topic.RaiseAsync(new EventContent(buffer.WrittenSpan, flags, trailingDefaults: 0), whenFull);
        }
        catch (NetException exception)
        {
            return Task.FromException(exception);
        }
        finally
        {
            PayloadBuffer.Return(buffer);
        }
    }

    /// <summary>Begins to keep the rules of this process.</summary>
    public void Start()
    {
        foreach (var definition in SubscriptionCatalogue.Watch(Add))
        {
            Add(definition);
        }
    }

    /// <summary>Adds a rule and subscribes at the publishers that are there.</summary>
    /// <param name="eventName">The event's name.</param>
    /// <param name="handler">What handles the events.</param>
    /// <param name="filter">Which publishers are meant.</param>
    /// <param name="identity">What tells the handler from others, for those who subscribe with it again.</param>
    /// <param name="cancellationToken">Ends the rule again, if it is not yet returned.</param>
    /// <returns>The rule, when those that are there have answered.</returns>
    public async Task<Rule> SubscribeAsync(
        string eventName, ConnectionDefinition handler, RuleFilter filter, object identity, CancellationToken cancellationToken)
    {
        var rule = Add(eventName, handler, filter, identity);
        try
        {
            await OfferFoundAsync(rule, cancellationToken).ConfigureAwait(false);
            await rule.Tried.WaitAsync(FirstAnswerLimit, Options.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // It stands; some publisher is slow.
        }
        catch
        {
            rule.Release();
            throw;
        }

        return rule;
    }

    /// <summary>Adds a rule, or holds the one that stands: whoever subscribes twice is handed each event once.</summary>
    /// <param name="eventName">The event's name.</param>
    /// <param name="handler">What handles the events.</param>
    /// <param name="filter">Which publishers are meant.</param>
    /// <param name="identity">What tells the handler from others; null: its definition.</param>
    /// <returns>The rule, which has begun.</returns>
    public Rule Add(string eventName, ConnectionDefinition handler, RuleFilter filter, object? identity = null)
    {
        EventName.Check(eventName);
        var key = new RuleKey(eventName, identity ?? handler, filter.Text);
        Rule rule;
        lock (_gate)
        {
            if (!_isStopping && _rules.TryGetValue(key, out var standing))
            {
                standing.Holders++;
                return standing;
            }

            rule = new Rule(this, in key, handler, filter);
            if (_isStopping)
            {
                rule.Dispose();
                return rule;
            }

            _rules.Add(key, rule);
            _timer ??= Options.Time.CreateTimer(_ => Look(), state: null, LookInterval, LookInterval);
            _watch ??= Task.Run(WatchAsync);
        }

        rule.Start();
        OfferKnown(rule);
        return rule;
    }

    /// <summary>Forgets a rule that has ended.</summary>
    /// <param name="rule">The rule.</param>
    public void Remove(Rule rule)
    {
        lock (_gate)
        {
            RemoveLocked(rule);
        }
    }

    /// <summary>Takes note that one of those who hold a rule has let it go; with the last one it is forgotten.</summary>
    /// <param name="rule">The rule.</param>
    /// <returns>Whether nobody holds it any more.</returns>
    public bool LetGo(Rule rule)
    {
        lock (_gate)
        {
            if (--rule.Holders > 0)
            {
                return false;
            }

            RemoveLocked(rule);
            return true;
        }
    }

    /// <summary>Has every rule look again whether it stands where it is meant to, as a peer has changed.</summary>
    public void LookAgain()
    {
        foreach (var rule in Rules)
        {
            rule.LookAgain();
        }
    }

    /// <summary>Ends all rules. Events can still be raised for those who have subscribed here.</summary>
    /// <returns>A task that ends when nothing of them is left.</returns>
    public async ValueTask DisposeAsync()
    {
        Task watch;
        lock (_gate)
        {
            _isStopping = true;
            _timer?.Dispose();
            watch = _watch ?? Task.CompletedTask;
        }

        SubscriptionCatalogue.Unwatch(Add);
        var rules = Rules;
        foreach (var rule in rules)
        {
            rule.Dispose();
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await watch.ConfigureAwait(false);
        await Task.WhenAll(rules.Select(rule => rule.End)).ConfigureAwait(false);
        _stop.Dispose();
    }

    private void Add(SubscriptionDefinition definition)
    {
        try
        {
            var peers = definition.Peers?.Select(PublisherName.Parse).ToArray();
            _ = Add(definition.EventName, definition.Handler, new RuleFilter(definition.Groups, definition.HubsOnly, definition.OnHost, peers));
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            Log.RuleInvalid(Logger, definition.EventName, exception.Message);
        }
    }

    private void Look()
    {
        foreach (var rule in Rules)
        {
            rule.Queue.Look(LookInterval);
        }
    }

    /// <summary>Tells the rules who comes and goes, until the peer stops. Never fails.</summary>
    private async Task WatchAsync()
    {
        while (await HasWatchFailedAsync().ConfigureAwait(false))
        {
            await Task.Delay(WatchDelay, Options.Time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Tells the rules who comes and goes.</summary>
    /// <returns>Whether it failed; else the peer stops.</returns>
    private async Task<bool> HasWatchFailedAsync()
    {
        try
        {
            await foreach (var presence in Options.Publishers.WatchAsync(_stop.Token).ConfigureAwait(false))
            {
                Note(presence);
                foreach (var rule in Rules)
                {
                    rule.Offer(presence);
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception exception)
        {
            Log.WatchFailed(Logger, exception, WatchDelay.TotalSeconds);
            return true;
        }

        return false;
    }

    private void Note(PublisherPresence presence)
    {
        lock (_gate)
        {
            if (presence.IsThere)
            {
                _known[presence.Info.Instance] = presence;
                return;
            }

            _ = _known.Remove(presence.Info.Instance);
            foreach (var gone in _searches)
            {
                _ = gone.Add(presence.Info.Instance);
            }
        }
    }

    private async Task OfferFoundAsync(Rule rule, CancellationToken cancellationToken)
    {
        var gone = new HashSet<Guid>();
        lock (_gate)
        {
            _ = _searches.Add(gone);
        }

        try
        {
            foreach (var presence in await Options.Publishers.FindAsync(rule.Filter.OnHost, cancellationToken).ConfigureAwait(false))
            {
                // Under the lock: what the watch tells of the peer comes before it, and counts, or after it.
                lock (_gate)
                {
                    if (!gone.Contains(presence.Info.Instance))
                    {
                        rule.Offer(_known.GetValueOrDefault(presence.Info.Instance) ?? presence);
                    }
                }
            }
        }
        finally
        {
            lock (_gate)
            {
                _ = _searches.Remove(gone);
            }
        }
    }

    // Under its key there may be another one by now.
    private void RemoveLocked(Rule rule)
    {
        if (_rules.TryGetValue(rule.Key, out var standing) && ReferenceEquals(standing, rule))
        {
            _ = _rules.Remove(rule.Key);
        }
    }

    private void OfferKnown(Rule rule)
    {
        // Under the lock, so that who goes meanwhile is told of after it.
        lock (_gate)
        {
            foreach (var presence in _known.Values)
            {
                rule.Offer(presence);
            }
        }
    }
}
