using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using AppNet.Calls;
using AppNet.Connections;
using AppNet.Events;
using AppNet.Links;
using AppNet.Peers;
using AppNet.Security;
using AppNet.Transport;
using Microsoft.Extensions.Logging;
using Log = AppNet.Peers.Log;

namespace AppNet;

/// <summary>
/// A peer of this process: it offers the connected functions, finds other peers and calls them. Most programs have one, at
/// <c>Net.Peer</c>; tests have as many as they like. Safe for use from many threads.
/// </summary>
/// <remarks>It listens to nobody before <see cref="StartAsync"/>, and is started at most once.</remarks>
public sealed class LocalPeer : IAsyncDisposable, ILinkSource, ICallOwner, IEventRaiser
{
    private const int MaxInvited = 10_000;

    private const string Reason =
        "The delegate's parameters are looked at by reflection. In a trimmed program mark a method with [Connect], or use the forms that take a JsonTypeInfo.";

    private readonly Func<NetOptions, ILogger, IHome> _makeHome;
    private readonly PeerLife _life;
    private readonly ConnectionTable _connections;
    private readonly FlagTable _flags;
    private readonly SelfInfo _self = new();
    private readonly Lazy<JsonSerializerOptions> _serializerOptions;

    // Set by the start, before anybody can call.
    private volatile CallGuard? _guard;

    /// <summary>Makes a peer. Nothing is touched before it starts.</summary>
    /// <param name="options">How it is set up; null: by the environment and the defaults.</param>
    public LocalPeer(NetOptions? options = null)
        : this(options, static (options, logger) => options.Network is { } network
            ? new MemoryHome(network)
            : new HostHome(options, logger))
    {
    }

    internal LocalPeer(NetOptions? options, Func<NetOptions, ILogger, IHome> makeHome)
    {
        _life = new PeerLife(options ?? new NetOptions(), MakeRunningAsync);
        _makeHome = makeHome;
        _connections = new ConnectionTable(
            (before, after) => Log.ConnectionReplaced(_life.Logger, after.Tag, before.Name, after.Name),
            DefaultConnections.Aliases);
        _flags = new FlagTable(name => Log.FlagReplaced(_life.Logger, name));
        _serializerOptions = new Lazy<JsonSerializerOptions>(() => SerializerOptionsFactory.Build(Options.SerializerContexts));
        foreach (var definition in DefaultConnections.Of(() => _self.Current, OfferedTo, () => _serializerOptions.Value))
        {
            _ = _connections.Add(definition);
        }
    }

    /// <summary>Gets the options: before the start those that can still be changed, from then on those in force.</summary>
    public NetOptions Options => _life.Options;

    /// <summary>Gets what this peer says of itself.</summary>
    /// <exception cref="InvalidOperationException">It has not started.</exception>
    public PeerInfo Info => _life.GetRunning().Info;

    /// <summary>Gets this peer's id.</summary>
    /// <exception cref="InvalidOperationException">It has not started.</exception>
    public PeerId Id => Info.Id;

    /// <summary>Gets the host in this peer's id.</summary>
    /// <exception cref="InvalidOperationException">It has not started.</exception>
    public string Host => Info.Host;

    /// <summary>Gets the TCP port on which this peer listens.</summary>
    /// <exception cref="InvalidOperationException">It has not started.</exception>
    public int Port => Info.Port;

    /// <summary>Gets this peer's group, or null when it is unset.</summary>
    /// <exception cref="InvalidOperationException">It has not started.</exception>
    [SuppressMessage("Naming", "CA1721", Justification = "`Group` is this peer's own, `GetGroup` finds any by its name.")]
    public string? Group => Info.Group;

    /// <summary>Gets whether this peer is a hub of its group.</summary>
    /// <exception cref="InvalidOperationException">It has not started.</exception>
    public bool IsHub => Info.IsHub;

    /// <summary>Gets whether it is there for others: it has started, and has not been told to stop.</summary>
    public bool IsRunning => _life.Running is not null && !HasStopped;

    /// <summary>Gets the functions that this peer offers, with their signatures: a snapshot.</summary>
    public IReadOnlyList<Connection> Connections => _connections.Connections;

    /// <summary>Gets the handlers of flags, by flag: a snapshot. <c>NULL</c> and <c>INVALID_CONNECTION</c> are built in.</summary>
    public IReadOnlyDictionary<string, Func<FlagContext, object?>> Flags => _flags.Handlers;

    /// <summary>Gets who has subscribed here, by event, and the rules by which this peer subscribes elsewhere: a snapshot.</summary>
    public Subscriptions Subscriptions => new(_life.Running?.Events);

    /// <summary>Gets the exceptions that are thrown here as their own type when a function on another peer threw them.</summary>
    public KnownExceptions Exceptions { get; } = new();

    /// <inheritdoc/>
    FlagTable ICallOwner.Flags => _flags;

    /// <inheritdoc/>
    JsonSerializerOptions ICallOwner.SerializerOptions => _serializerOptions.Value;

    /// <inheritdoc/>
    bool ICallOwner.VerifiesLocalCalls => _life.VerifiesLocalCalls;

    /// <inheritdoc/>
    IServiceProvider? ICallOwner.Services => Options.Services;

    /// <inheritdoc/>
    int ICallOwner.MaxMessageBytes => Options.MaxMessageBytes;

    /// <summary>Gets or sets whether the first call starts the peer, as that of <c>Net</c> does.</summary>
    internal bool StartsWhenUsed
    {
        get => _life.StartsWhenUsed;
        init => _life.StartsWhenUsed = value;
    }

    /// <summary>Gets or sets the settings that count only where neither code nor the environment gives any. Before the start.</summary>
    internal NetSettings Configuration
    {
        get => _life.Configuration;
        set => _life.Configuration = value;
    }

    /// <summary>Gets how many links it has at this moment.</summary>
    internal int LinkCount => _life.Running?.Links.Snapshot().Count ?? 0;

    /// <summary>Gets whether it has been told to start.</summary>
    internal bool HasStarted => _life.HasStarted;

    /// <summary>Gets whether it has been told to stop.</summary>
    internal bool HasStopped => _life.HasStopped;

    /// <summary>Starts the peer: from now on others find and call it.</summary>
    /// <param name="cancellationToken">Ends the wait; the start goes on.</param>
    /// <returns>A task that ends when the peer is there for others.</returns>
    /// <exception cref="ArgumentException">The options are wrong; the message names all that is.</exception>
    /// <exception cref="InvalidOperationException">It has been started before, or disposed of.</exception>
    /// <exception cref="IOException">It can't listen on this host.</exception>
    public Task StartAsync(CancellationToken cancellationToken = default) => _life.StartAsync(cancellationToken);

    /// <summary>
    /// Is a peer until the token is cancelled or the process is asked to end (Ctrl-C, SIGTERM), then finishes what is under way and
    /// leaves. A second request ends it at once.
    /// </summary>
    /// <param name="cancellationToken">Ends it, as a signal does.</param>
    /// <returns>A task that ends when the peer has left.</returns>
    public Task RunAsync(CancellationToken cancellationToken = default) => _life.RunAsync(cancellationToken);

    /// <summary>
    /// Leaves: takes no more calls, tells every peer which was the last one taken, finishes those for at most
    /// <see cref="NetOptions.DrainTimeout"/>, then closes. Does nothing while the peer has not started. Called again it waits for the
    /// same end, which each caller's token hastens.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait for calls that are under way; all is closed at once.</param>
    /// <returns>A task that ends when the peer has left.</returns>
    public Task StopAsync(CancellationToken cancellationToken = default) => _life.StopAsync(cancellationToken);

    /// <summary>Leaves as <see cref="StopAsync"/> does; a peer that has not started can't start any more.</summary>
    /// <returns>What ends when the peer has left.</returns>
    public async ValueTask DisposeAsync()
    {
        _life.EndIfNew();
        await StopAsync().ConfigureAwait(false);
    }

    /// <summary>Offers a function under a tag. The last one registered under a tag wins; a warning names both.</summary>
    /// <param name="tag">The tag: 1 to 512 bytes of UTF-8.</param>
    /// <param name="function">
    /// The function. Parameters of type <see cref="CancellationToken"/> and <see cref="CallContext"/> are filled by the library.
    /// </param>
    /// <returns>The function as others see it.</returns>
    /// <exception cref="ArgumentException">The tag is none, or something in the signature can't travel.</exception>
    [RequiresUnreferencedCode(Reason)]
    [RequiresDynamicCode(Reason)]
    public Connection Connect(string tag, Delegate function) =>
        _connections.Add(DelegateConnection.Create(tag, function, new RuntimeParameter(typeof(CallContext), CallContext.Of)));

    /// <summary>
    /// Offers an implementation of a contract: others call its methods by <c>peer.As&lt;T&gt;()</c>, or by their tags. One method may run
    /// many times at once. The last one offered wins; a warning says so.
    /// </summary>
    /// <typeparam name="T">The interface, which has <c>[PeerContract]</c>.</typeparam>
    /// <param name="implementation">The implementation.</param>
    /// <returns>What withdraws it when it is disposed: further calls fail, those that run go on.</returns>
    /// <exception cref="ArgumentException">The interface is no contract.</exception>
    public IDisposable Offer<T>(T implementation)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(implementation);
        return new Offer(_connections, [.. ContractCatalogue.Get<T>().Describe(implementation).Select(_connections.Add)]);
    }

    /// <summary>
    /// Returns the contract as this peer offers it: calls run here, through the pipeline of a call to a peer less the wire. They fail with
    /// <see cref="NetError.NoSuchConnection"/> while nothing is offered.
    /// </summary>
    /// <typeparam name="T">The interface, which has <c>[PeerContract]</c>.</typeparam>
    /// <returns>The proxy.</returns>
    /// <exception cref="ArgumentException">The interface is no contract.</exception>
    public T As<T>()
        where T : class => ContractCatalogue.Get<T>().MakeProxy(new OwnProxyCaller(this, _connections));

    /// <summary>
    /// Sets the handler of a flag: what runs here when a function that this peer called answers with the flag. The last one set for a
    /// flag wins; a warning says so, unless the one before was built in.
    /// </summary>
    /// <param name="name">The flag's name: 1 to 256 bytes of UTF-8.</param>
    /// <param name="handler">
    /// Gives the value that becomes the call's result, converted to its type; or throws what the caller gets. It runs where the call is
    /// awaited, in the caller's context.
    /// </param>
    /// <exception cref="ArgumentException">The name is empty or too long.</exception>
    public void SetFlag(string name, Func<FlagContext, object?> handler)
    {
        Flag.CheckName(name);
        ArgumentNullException.ThrowIfNull(handler);
        _flags.Set(name, handler);
    }

    /// <summary>Offers a function.</summary>
    /// <param name="definition">The function.</param>
    /// <returns>The function as others see it.</returns>
    internal Connection Offer(ConnectionDefinition definition) => _connections.Add(definition);

    /// <summary>Makes a handle to a peer. Touches no network; the first call finds out whether it is there.</summary>
    /// <param name="id">The peer's id.</param>
    /// <returns>The handle.</returns>
    public Peer GetPeer(PeerId id)
    {
        if (id == default)
        {
            throw new ArgumentException("The id is empty.", nameof(id));
        }

        return new Peer(this, id);
    }

    /// <summary>Makes a handle to a peer. Touches no network; the first call finds out whether it is there.</summary>
    /// <param name="idOrAddress">The peer's id in its base64 form, or <c>host[:port]</c>; the port is 3010 when it is left out.</param>
    /// <returns>The handle.</returns>
    /// <exception cref="FormatException">The text is neither.</exception>
    public Peer GetPeer(string idOrAddress)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(idOrAddress);
        if (PeerId.TryParse(idOrAddress, out var id) || IsMeantAsId(idOrAddress))
        {
            return GetPeer(id.IsEmpty ? PeerId.Parse(idOrAddress) : id);
        }

        return PeerAddress.TryParse(idOrAddress, out var address)
            ? GetPeer(new PeerId(address.Host, address.Port))
            : throw new FormatException(
                $"'{idOrAddress}' names no peer: it is neither the base64 of 'host:port -> group' nor 'host[:port]', such as '127.0.0.1:3010'.");
    }

    /// <summary>
    /// Changes what this peer says of itself, while it runs: peers that watch see it, and those that are linked learn it at once.
    /// Links and calls under way go on, and an id with the old group still finds this peer.
    /// </summary>
    /// <param name="group">The group; <c>None</c>: none. Null leaves it as it is.</param>
    /// <param name="isHub">Whether this peer is a hub of its group. Null leaves it as it is.</param>
    /// <param name="info">All values of the program's own, in place of those before. Null leaves them as they are.</param>
    /// <exception cref="ArgumentException">Something can't be so; the message says what. Nothing is changed.</exception>
    /// <exception cref="InvalidOperationException">The peer has not started, or has stopped.</exception>
    /// <exception cref="IOException">The peer's entry for its neighbours can't be written. Nothing is changed.</exception>
    public void Reconfigure(string? group = null, bool? isHub = null, IReadOnlyDictionary<string, string>? info = null) =>
        _life.Reconfigure(group, isHub, info);

    /// <summary>
    /// Invites other hosts: who joins by the invitation has this user's key, and its peers and this user's call each other from then on.
    /// This peer listens for other hosts from now on; other peers of this user do so when they are started anew.
    /// </summary>
    /// <param name="uses">How many hosts may join by it. Range: 1 to 10,000.</param>
    /// <param name="validFor">How long; null: 30 minutes. Range: above zero, to 7 days.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The invitation. It ends with this peer.</returns>
    /// <exception cref="InvalidOperationException">The peer trusts its network, or is on one in memory.</exception>
    /// <exception cref="IOException">The key's file is refused, or no network can be listened on.</exception>
    public async Task<Invitation> InviteAsync(int uses = 1, TimeSpan? validFor = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(uses, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(uses, MaxInvited);
        var time = validFor ?? TimeSpan.FromMinutes(30);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero, nameof(validFor));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(time, TimeSpan.FromDays(7), nameof(validFor));
        var running = await UseAsync(cancellationToken).ConfigureAwait(false);
        var network = NetworkOf(running);
        await network.ShareKeyAsync(cancellationToken).ConfigureAwait(false);
        running.UseKeys();
        return network.Invite(uses, time, running.Info.Port);
    }

    /// <summary>
    /// Takes over the key of a user on another host, by the invitation that it gave. The peer need not have started; when it has, it
    /// listens for other hosts from now on.
    /// </summary>
    /// <param name="invitation">The invitation's line.</param>
    /// <param name="replaceKey">Whether a key is given up that this user shares with other hosts already.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>A task that ends when this user has the key.</returns>
    /// <exception cref="FormatException">The line is no invitation, or not all of one.</exception>
    /// <exception cref="InvitationException">The invitation is wrong, used or expired, or nobody answers; it says which.</exception>
    /// <exception cref="InvalidOperationException">This user shares a key with other hosts already, or the peer is on a network in memory.</exception>
    /// <exception cref="IOException">The key's file is refused or can't be written.</exception>
    public async Task JoinAsync(string invitation, bool replaceKey = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(invitation);
        if (!InvitationText.TryRead(invitation, out var text))
        {
            throw new FormatException("That is no invitation, or not all of one: it is a line that begins with 'appnet-', without blanks.");
        }

        if (_life.OptionsToBe is { } options)
        {
            await new HostNetwork(options, new TcpTransport(), _life.Logger).JoinAsync(text, replaceKey, cancellationToken).ConfigureAwait(false);
            return;
        }

        var running = await UseAsync(cancellationToken).ConfigureAwait(false);
        await NetworkOf(running).JoinAsync(text, replaceKey, cancellationToken).ConfigureAwait(false);
        running.UseKeys();
    }

    /// <summary>
    /// Makes a new key and uses it from now on. The one before it stays valid until the next rotation; peers that are linked learn the
    /// new one at once, and pass it on, others when they are next linked.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when this peer uses the new key.</returns>
    /// <exception cref="InvalidOperationException">The peer is on a network in memory.</exception>
    /// <exception cref="IOException">The key's file is refused or can't be written.</exception>
    public async Task RotateKeyAsync(CancellationToken cancellationToken = default)
    {
        var running = await UseAsync(cancellationToken).ConfigureAwait(false);
        await NetworkOf(running).RotateAsync(cancellationToken).ConfigureAwait(false);
        running.UseKeys();
    }

    /// <summary>Finds peers. The first time it waits until every source has answered once; later it answers from what is known.</summary>
    /// <param name="groups">The groups to look in; null: every group, and those without. <c>None</c> names the peers without a group.</param>
    /// <param name="hubsOnly">Whether only hubs are wanted.</param>
    /// <param name="onHost">Whether only peers on this host are wanted, so that no network is waited for.</param>
    /// <param name="refresh">Whether all sources are asked again.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The peers, this one not among them.</returns>
    public async Task<PeerDirectory> GetPeersAsync(
        IReadOnlyCollection<string>? groups = null,
        bool hubsOnly = false,
        bool onHost = false,
        bool refresh = false,
        CancellationToken cancellationToken = default)
    {
        var running = await UseAsync(cancellationToken).ConfigureAwait(false);
        var query = new PeerQuery { Groups = groups, HubsOnly = hubsOnly, OnHost = onHost };
        var found = await running.Finder.FindAsync(query, refresh, cancellationToken).ConfigureAwait(false);
        return new PeerDirectory(found.Select(record => new Peer(this, record.Info.Id, record.Info)));
    }

    /// <summary>Finds the peers of one group, as the overload with several does.</summary>
    /// <param name="group">The group's whole name; <c>None</c> stands for the peers without a group.</param>
    /// <param name="hubsOnly">Whether only hubs are wanted.</param>
    /// <param name="onHost">Whether only peers on this host are wanted, so that no network is waited for.</param>
    /// <param name="refresh">Whether all sources are asked again.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The peers, this one not among them.</returns>
    public Task<PeerDirectory> GetPeersAsync(
        string group,
        bool hubsOnly = false,
        bool onHost = false,
        bool refresh = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(group);
        return GetPeersAsync([group], hubsOnly, onHost, refresh, cancellationToken);
    }

    /// <summary>Finds the peers of a group, at one moment. <see cref="GetGroup"/> gives the group as it lives.</summary>
    /// <param name="name">The group's name; <c>None</c> stands for the peers without a group.</param>
    /// <param name="refresh">Whether all sources are asked again.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The peers, this one not among them.</returns>
    public Task<PeerDirectory> GetPeerGroupAsync(string name, bool refresh = false, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return GetPeersAsync([name], refresh: refresh, cancellationToken: cancellationToken);
    }

    /// <summary>Returns a group as it lives: whoever is in it when it is asked. Touches no network.</summary>
    /// <param name="name">The group's name; <c>None</c> stands for the peers without a group.</param>
    /// <returns>The group.</returns>
    public PeerGroup GetGroup(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new PeerGroup(this, name);
    }

    /// <summary>Yields the peers that are there, each as joined, then who joins, leaves, is lost or changes.</summary>
    /// <param name="cancellationToken">Ends it, by an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The changes, which end when this peer stops. Who reads slowly sees the net effect for each peer.</returns>
    public async IAsyncEnumerable<PeerChange> WatchPeersAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var running = await UseAsync(cancellationToken).ConfigureAwait(false);
        await foreach (var change in running.Finder.WatchAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return change;
        }
    }

    /// <summary>Returns the id for people, or that the peer has not started.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => _life.Running?.Info.Id.ToFriendlyString() ?? "a peer that has not started";

    /// <summary>Returns a peer, or, for null, a handle to this one.</summary>
    /// <param name="peer">The peer, or null.</param>
    /// <param name="cancellationToken">Ends the wait for the start.</param>
    /// <returns>The handle.</returns>
    internal async Task<Peer> OrSelfAsync(Peer? peer, CancellationToken cancellationToken) =>
        peer ?? GetPeer((await UseAsync(cancellationToken).ConfigureAwait(false)).Info.Id);

    /// <summary>Takes the peer off the list at once, when the process ends without stopping it.</summary>
    internal void Vanish() => _life.Running?.Unlist();

    /// <inheritdoc/>
    TimeSpan? ILinkSource.DefaultTimeout => _life.Running?.Options.DefaultTimeout;

    /// <inheritdoc/>
    TimeProvider ILinkSource.Time => _life.Running?.Options.TimeProvider ?? TimeProvider.System;

    /// <inheritdoc/>
    bool ILinkSource.TryGetLink(Peer peer, [NotNullWhen(true)] out Link? link)
    {
        link = null;
        return _life.Running is { } running && running.Links.TryGet(new PeerAddress(peer.Id.Host, peer.Id.Port), out link);
    }

    /// <inheritdoc/>
    async ValueTask<Link> ILinkSource.GetLinkAsync(Peer peer, CancellationToken cancellationToken)
    {
        var running = await UseAsync(cancellationToken).ConfigureAwait(false);
        return running.Links.TryGet(new PeerAddress(peer.Id.Host, peer.Id.Port), out var link)
            ? link
            : await running.Dialler.DialAsync(peer.Id, cancellationToken).ConfigureAwait(false);
    }

    // A base64 that lacks the port or so would pass for the name of a host, and fail much later.
    private static bool IsMeantAsId(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && bytes.AsSpan(0, length).IndexOf(" -> "u8) >= 0;
    }

    /// <inheritdoc/>
    Task IEventRaiser.RaiseAsync<TArguments>(EventDefinition<TArguments> definition, TArguments arguments) =>
        _life.Present is { } running ? running.Events.RaiseAsync(definition, in arguments) : RaiseLaterAsync(definition, arguments);

    /// <inheritdoc/>
    async Task IEventRaiser.RaiseAsync(string name, EventQueueFull whenFull, EventArguments arguments)
    {
        var events = _life.Present?.Events ?? await GetEventsAsync(CancellationToken.None).ConfigureAwait(false);
        await events.RaiseAsync(name, whenFull, arguments).ConfigureAwait(false);
    }

    /// <summary>Returns the peer's events; the first time it may start the peer.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The events.</returns>
    internal async Task<EventHub> GetEventsAsync(CancellationToken cancellationToken) =>
        (await UseAsync(cancellationToken).ConfigureAwait(false)).Events;

    private async Task RaiseLaterAsync<TArguments>(EventDefinition<TArguments> definition, TArguments arguments)
        where TArguments : struct
    {
        var events = await GetEventsAsync(CancellationToken.None).ConfigureAwait(false);
        await events.RaiseAsync(definition, in arguments).ConfigureAwait(false);
    }

    private Task<RunningPeer> UseAsync(CancellationToken cancellationToken) => _life.UseAsync(cancellationToken);

    private async Task<RunningPeer> MakeRunningAsync(NetOptions options, ILogger logger)
    {
        var home = _makeHome(options, logger);
        if (options.Python && PythonSide.IsPossible(home))
        {
            // Before it listens: the first question of a Python peer is answered in time.
            using var rehearsal = new PythonRehearsal(new CallProtocol(CallOptions(options, logger), this, this, logger), home);
            await rehearsal.RunAsync().ConfigureAwait(false);
        }

        return await RunningPeer.StartAsync(options, home, CallOptions(options, logger), _self, this, logger).ConfigureAwait(false);
    }

    // Where the existence of a function is nobody's business, it is not told either.
    private IEnumerable<Connection> OfferedTo(Invocation invocation) =>
        _guard is { IsSilent: true } guard && invocation.Context is CallContext context
            ? Connections.Where(connection => guard.MayCall(connection, context))
            : Connections;

    private CallOptions CallOptions(NetOptions options, ILogger logger) => new()
    {
        Guard = _guard = new CallGuard(options.Authorize, options.HidesFunctions, logger),
        Connections = _connections,
        SerializerOptions = _serializerOptions.Value,
        Services = options.Services,
        Exceptions = Exceptions,
        Flags = _flags,
        MaxMessageBytes = options.MaxMessageBytes,
        MaxArgumentBytesPerLink = options.MaxArgumentBytesPerLink,
        DefaultTimeout = options.DefaultTimeout,
        Time = options.TimeProvider,
    };

    private static HostNetwork NetworkOf(RunningPeer running) =>
        running.Network ?? throw new InvalidOperationException("A peer on a network in memory has no key.");
}
