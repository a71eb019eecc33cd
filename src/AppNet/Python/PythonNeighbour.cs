using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using AppNet.Events;
using AppNet.Links;
using AppNet.Python.Wires;
using AppNet.Transport;
using AppNet.Wire;

namespace AppNet.Python;

/// <summary>
/// A Python peer as the far end of a link in memory: what this peer does over the link, calls, subscriptions, deliveries, is done with the
/// Python peer over its own wire. So the floors below know nothing of Python. Safe for use from many threads.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Neither a semaphore nor a source without a timer holds anything; others use both after the end.")]
internal sealed class PythonNeighbour
{
    private readonly PythonSetup _setup;
    private readonly PythonClient _client;
    private readonly PythonPulse _pulse;
    private readonly SemaphoreSlim _exchanges = new(PythonLimits.Exchanges);
    private readonly EventHub _hub;
    private readonly CancellationTokenSource _gone = new();
    private readonly Lock _gate = new();

    // Guarded by _gate. The subscriptions of the Python peer here, by event and receiving function.
    private readonly Dictionary<(string Event, string Connection), Rule> _rules = [];

    // The function under which a tag was found, where there are two names that it may have.
    private readonly ConcurrentDictionary<string, int> _names = new(StringComparer.Ordinal);

    private volatile IReadOnlyCollection<string> _flags;

    /// <summary>Makes the far end of a link; <see cref="Start"/> begins to read.</summary>
    /// <param name="setup">This peer.</param>
    /// <param name="info">The Python peer, as this one lists it.</param>
    /// <param name="family">The wire.</param>
    /// <param name="flags">The flags that it says it has.</param>
    /// <param name="duplex">The far end.</param>
    /// <param name="inbox">Where its events come in.</param>
    public PythonNeighbour(
        PythonSetup setup, PeerInfo info, PythonFamily family, IReadOnlyCollection<string> flags, IDuplex duplex, PythonInbox inbox)
    {
        _setup = setup;
        _flags = flags;
        Info = info;
        Family = family;
        Inbox = inbox;
        _client = new PythonClient(setup, new PeerAddress(info.Host, info.Port));
        _pulse = new PythonPulse(_client, family, setup.Time);
        var source = new FarLinks(this);
        _hub = new EventHub(new EventOptions
        {
            Instance = info.Instance,
            Links = source,
            Publishers = new NoPublishers(),
            Threads = setup.Threads,
            Context = setup.Calls.Context,
            SerializerOptions = setup.Calls.Options.SerializerOptions,
            MaxMessageBytes = setup.Calls.Options.MaxMessageBytes,
            Time = setup.Time,
            Logger = setup.Logger,
        });
        var handshake = new HandshakeResult(duplex, setup.Self(), IsDialler: false, setup.Links.Limits, default);
        Link = new Link(handshake, setup.Links, setup.Threads, [new PythonCalls(this), _hub, new PythonPublishing(this)], setup.Logger);
    }

    /// <summary>Gets the Python peer, as this one lists it.</summary>
    public PeerInfo Info { get; }

    /// <summary>Gets the wire.</summary>
    public PythonFamily Family { get; }

    /// <summary>Gets where its events come in.</summary>
    public PythonInbox Inbox { get; }

    /// <summary>Gets the far end of the link.</summary>
    public Link Link { get; }

    /// <summary>Begins to read. Called once.</summary>
    public void Start() => Link.Start();

    /// <summary>Runs until the link is gone, then lets go of all.</summary>
    /// <returns>A task that ends when nothing is left.</returns>
    public async Task RunAsync()
    {
        await Link.Closed.ConfigureAwait(false);
        Inbox.Forget(this);
        await _gone.CancelAsync().ConfigureAwait(false);
        await _hub.DisposeAsync().ConfigureAwait(false);
        lock (_gate)
        {
            foreach (var _ in _rules)
            {
                Inbox.EndSubscription();
            }

            _rules.Clear();
        }

        Log.PythonPeerGone(_setup.Logger, Info.Id, "the link to it has ended.");
    }

    /// <summary>Calls a function of the Python peer.</summary>
    /// <param name="tag">Its tag.</param>
    /// <param name="arguments">The arguments as our own calls have them.</param>
    /// <param name="isNamed">Whether the last element holds those given by name.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="NetException">There is none.</exception>
    public async Task<PythonReply> CallAsync(string tag, ReadOnlyMemory<byte> arguments, bool isNamed, CancellationToken cancellationToken)
    {
        if (tag == ConnectionNames.Defaults + "info")
        {
            return await DescribeAsync(cancellationToken).ConfigureAwait(false);
        }

        var names = ConnectionNames.Of(tag, Family);
        var first = _names.GetValueOrDefault(tag);
        for (var i = 0; ; i++)
        {
            var index = (first + i) % names.Length;
            var reply = await CallByNameAsync(names[index], arguments, isNamed, cancellationToken).ConfigureAwait(false);

            // Not found under this name, so it has not run: it may have the other kind of name.
            var isMissing = reply.Flag is Flag.InvalidConnection;
            if (!isMissing && index != 0 && _names.Count < _setup.Links.Limits.Tags)
            {
                _names[tag] = index;
            }

            if (!isMissing || i + 1 == names.Length)
            {
                return reply;
            }
        }
    }

    /// <summary>Calls what the Python peer has under a name of its wire.</summary>
    /// <param name="name">The name as it travels.</param>
    /// <param name="arguments">The arguments as our own calls have them.</param>
    /// <param name="isNamed">Whether the last element holds those given by name.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="NetException">There is none.</exception>
    public async Task<PythonReply> CallByNameAsync(string name, ReadOnlyMemory<byte> arguments, bool isNamed, CancellationToken cancellationToken)
    {
        var request = PythonCall.Write(Family, name, arguments.Span, isNamed);
        if (request.Length > PythonLimits.Message)
        {
            throw new NetException(
                NetError.TooLarge,
                $"The request has {request.Length} bytes as it would travel; a Python peer takes at most {PythonLimits.Message}. Nothing was sent.");
        }

        await _exchanges.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var answer = await _pulse.WatchAsync(token => _client.ExchangeAsync(request, token), cancellationToken).ConfigureAwait(false);
            return PythonReply.Read(Family, answer.Span, _flags);
        }
        catch (NetException exception) when (exception.Error == NetError.PeerNotFound)
        {
            Leave();
            throw;
        }
        finally
        {
            _ = _exchanges.Release();
        }
    }

    /// <summary>Subscribes the Python peer to an event of this one. Twice the same is once.</summary>
    /// <param name="eventName">The event.</param>
    /// <param name="connection">The name of its receiving function, as it travels.</param>
    /// <returns>A task that ends when every later event is delivered.</returns>
    public async Task SubscribeAsync(string eventName, string connection)
    {
        Rule? rule;
        lock (_gate)
        {
            if (!_rules.TryGetValue((eventName, connection), out rule))
            {
                Inbox.CountSubscription();
                var filter = new RuleFilter(Peers: [_setup.Self().Id]);
                rule = _hub.Add(eventName, new PythonDelivery(this, eventName, connection), filter);
                _rules.Add((eventName, connection), rule);
                Log.PythonSubscribed(_setup.Logger, Info.Id, eventName, connection);
            }
        }

        await rule.Tried.WaitAsync(_setup.Links.HandshakeTimeout, _setup.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Delivers an event. Never fails: a subscriber that refuses is forgotten, other failures are logged.</summary>
    /// <param name="eventName">The event.</param>
    /// <param name="connection">The name of the receiving function.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="isNamed">Whether the last element holds those given by name.</param>
    /// <returns>A task that ends when the subscriber has answered.</returns>
    public async Task DeliverAsync(string eventName, string connection, ReadOnlyMemory<byte> arguments, bool isNamed)
    {
        try
        {
            var reply = await CallByNameAsync(connection, arguments, isNamed, _gone.Token).ConfigureAwait(false);
            if (reply.Traceback is { } traceback)
            {
                var (type, message) = PythonTraceback.Read(traceback);
                Log.PythonDeliveryFailed(_setup.Logger, Info.Id, eventName, $"{type}: {message}");
            }
        }
        catch (NetException exception) when (exception.Error == NetError.PeerNotFound)
        {
            Forget(eventName, connection);
        }
        catch (Exception exception) when (exception is NetException or OperationCanceledException)
        {
            Log.PythonDeliveryFailed(_setup.Logger, Info.Id, eventName, exception.Message);
        }
    }

    /// <summary>Raises at this peer what the Python peer has delivered: in the order of the calls.</summary>
    /// <param name="eventName">The event.</param>
    /// <param name="request">The delivery.</param>
    public void Raise(string eventName, PythonRequest request)
    {
        var topic = _hub.Topics.GetForRaising(eventName);
        if (!topic.TrySkip())
        {
            var arguments = request.WriteArguments(definition: null, out var isNamed);
            var content = new EventContent(arguments.Span, isNamed ? FrameFlags.Named : FrameFlags.None, trailingDefaults: 0);

            // Dropping the oldest never waits.
            _ = topic.RaiseAsync(content, EventQueueFull.DropOldest);
        }
    }

    /// <summary>Ends the link: what is under way is finished. The Python peer is no longer known.</summary>
    public void Leave() => _ = Task.Run(() => Link.LeaveAsync(Goodbye.Stopping, CancellationToken.None));

    private void Forget(string eventName, string connection)
    {
        lock (_gate)
        {
            if (_rules.Remove((eventName, connection), out var rule))
            {
                rule.Dispose();
                Inbox.EndSubscription();
            }
        }

        Log.PythonSubscriberPruned(_setup.Logger, Info.Id, eventName);
    }

    private async Task<PythonReply> DescribeAsync(CancellationToken cancellationToken)
    {
        var info = await _pulse.WatchAsync(token => PythonProbe.InfoAsync(_client, Family, token), cancellationToken).ConfigureAwait(false);
        _flags = info?.Flags ?? _flags;
        return PythonReply.Of(PeerInfoJson.Serialize(info is null ? Info : PythonPeers.InfoOf(Info, info)));
    }

    /// <summary>Gives the far hub the one link that it has.</summary>
    private sealed class FarLinks(PythonNeighbour neighbour) : ILinkSource
    {
        public bool TryGetLink(Peer peer, [NotNullWhen(true)] out Link? link)
        {
            link = neighbour.Link.TakesCalls ? neighbour.Link : null;
            return link is not null;
        }

        public ValueTask<Link> GetLinkAsync(Peer peer, CancellationToken cancellationToken) => neighbour.Link.TakesCalls
            ? new ValueTask<Link>(neighbour.Link)
            : ValueTask.FromException<Link>(new NetException(NetError.Refused, "The link has ended."));
    }

    /// <summary>A Python peer looks for no publishers: its subscriptions name this peer.</summary>
    private sealed class NoPublishers : IPublisherSource
    {
        public Task<IReadOnlyList<PublisherPresence>> FindAsync(bool onHost, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<PublisherPresence>>([]);

        public IAsyncEnumerable<PublisherPresence> WatchAsync(CancellationToken cancellationToken) => AsyncEnumerable.Empty<PublisherPresence>();
    }
}
