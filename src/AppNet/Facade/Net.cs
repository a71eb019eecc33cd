using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using AppNet.Calls;
using AppNet.Events;

namespace AppNet;

/// <summary>
/// This process's one peer, as most programs use it. It starts at the first use that needs it, or by <see cref="StartAsync"/> with
/// options of your own. Safe for use from many threads.
/// </summary>
public static class Net
{
    private const string Reason =
        "What is given is looked at by reflection. In a trimmed program mark a method with [Connect] or [Subscribe] instead.";

    private static readonly Lock Gate = new();

    // Written under Gate. Null before it is first used.
    private static volatile LocalPeer? _processPeer;

    // Guarded by Gate. Whether a host has it.
    private static bool _isTaken;

    /// <summary>Tells the calls below which peer is that of the process.</summary>
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "A local call may be the first thing that a program does with the library.")]
    internal static void Introduce() => AmbientPeer.OfProcess = static () => ProcessPeer;

    /// <summary>
    /// Gets the current peer: inside a connected function the one that the function runs on, elsewhere that of the process.
    /// </summary>
    [SuppressMessage("Naming", "CA1721", Justification = "`Net.Peer` is this peer, `Net.GetPeer` another one.")]
    public static LocalPeer Peer => AmbientPeer.Current as LocalPeer ?? ProcessPeer;

    private static LocalPeer ProcessPeer => _processPeer ?? MakeProcessPeer();

    /// <summary>Starts the peer of this process.</summary>
    /// <param name="configure">Sets options; what it sets beats the environment.</param>
    /// <param name="cancellationToken">Ends the wait; the start goes on.</param>
    /// <returns>A task that ends when the peer is there for others.</returns>
    /// <exception cref="InvalidOperationException">It runs already: it was used before.</exception>
    /// <exception cref="ArgumentException">The options are wrong; the message names all that is.</exception>
    /// <exception cref="IOException">It can't listen on this host.</exception>
    public static Task StartAsync(Action<NetOptions>? configure = null, CancellationToken cancellationToken = default)
    {
        configure?.Invoke(ProcessPeer.Options);
        return ProcessPeer.StartAsync(cancellationToken);
    }

    /// <inheritdoc cref="LocalPeer.RunAsync"/>
    public static Task RunAsync(CancellationToken cancellationToken = default) => ProcessPeer.RunAsync(cancellationToken);

    /// <inheritdoc cref="LocalPeer.StopAsync"/>
    public static Task StopAsync(CancellationToken cancellationToken = default) => ProcessPeer.StopAsync(cancellationToken);

    /// <inheritdoc cref="LocalPeer.Connect"/>
    [RequiresUnreferencedCode(Reason)]
    [RequiresDynamicCode(Reason)]
    public static Connection Connect(string tag, Delegate function) => Peer.Connect(tag, function);

    /// <inheritdoc cref="LocalPeer.Offer{T}(T)"/>
    public static IDisposable Offer<T>(T implementation)
        where T : class => Peer.Offer(implementation);

    /// <inheritdoc cref="LocalPeer.SetFlag"/>
    public static void SetFlag(string name, Func<FlagContext, object?> handler) => Peer.SetFlag(name, handler);

    /// <inheritdoc cref="LocalPeer.GetPeer(PeerId)"/>
    public static Peer GetPeer(PeerId id) => Peer.GetPeer(id);

    /// <inheritdoc cref="LocalPeer.GetPeer(string)"/>
    public static Peer GetPeer(string idOrAddress) => Peer.GetPeer(idOrAddress);

    /// <inheritdoc cref="LocalPeer.GetPeersAsync(IReadOnlyCollection{string}?, bool, bool, bool, CancellationToken)"/>
    public static Task<PeerDirectory> GetPeersAsync(
        IReadOnlyCollection<string>? groups = null,
        bool hubsOnly = false,
        bool onHost = false,
        bool refresh = false,
        CancellationToken cancellationToken = default) =>
        Peer.GetPeersAsync(groups, hubsOnly, onHost, refresh, cancellationToken);

    /// <inheritdoc cref="LocalPeer.GetPeersAsync(string, bool, bool, bool, CancellationToken)"/>
    public static Task<PeerDirectory> GetPeersAsync(
        string group,
        bool hubsOnly = false,
        bool onHost = false,
        bool refresh = false,
        CancellationToken cancellationToken = default) =>
        Peer.GetPeersAsync(group, hubsOnly, onHost, refresh, cancellationToken);

    /// <inheritdoc cref="LocalPeer.GetPeerGroupAsync"/>
    public static Task<PeerDirectory> GetPeerGroupAsync(string name, bool refresh = false, CancellationToken cancellationToken = default) =>
        Peer.GetPeerGroupAsync(name, refresh, cancellationToken);

    /// <inheritdoc cref="LocalPeer.GetGroup"/>
    public static PeerGroup Group(string name) => Peer.GetGroup(name);

    /// <inheritdoc cref="LocalPeer.InviteAsync"/>
    public static Task<Invitation> InviteAsync(
        int uses = 1, TimeSpan? validFor = null, CancellationToken cancellationToken = default) =>
        Peer.InviteAsync(uses, validFor, cancellationToken);

    /// <inheritdoc cref="LocalPeer.JoinAsync"/>
    public static Task JoinAsync(string invitation, bool replaceKey = false, CancellationToken cancellationToken = default) =>
        Peer.JoinAsync(invitation, replaceKey, cancellationToken);

    /// <inheritdoc cref="LocalPeer.RotateKeyAsync"/>
    public static Task RotateKeyAsync(CancellationToken cancellationToken = default) => Peer.RotateKeyAsync(cancellationToken);

    /// <summary>Asks a peer what it says of itself now.</summary>
    /// <param name="peer">The peer; null: this one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The info.</returns>
    /// <exception cref="NetException">The call failed.</exception>
    public static async Task<PeerInfo> InfoAsync(Peer? peer = null, CancellationToken cancellationToken = default) =>
        await (await Peer.OrSelfAsync(peer, cancellationToken).ConfigureAwait(false)).InfoAsync(cancellationToken).ConfigureAwait(false);

    /// <inheritdoc cref="PeerDefaults.PassThroughAsync{T}"/>
    [RequiresUnreferencedCode(Reason)]
    [RequiresDynamicCode(Reason)]
    public static Task<T> PassThroughAsync<T>(Peer peer, T value, CancellationToken cancellationToken = default) =>
        peer.PassThroughAsync(value, cancellationToken);

    /// <inheritdoc cref="PeerDefaults.PassThroughAsync(AppNet.Peer, CallArguments, CancellationToken)"/>
    public static Task<JsonElement> PassThroughAsync(Peer peer, CallArguments arguments, CancellationToken cancellationToken = default) =>
        peer.PassThroughAsync(arguments, cancellationToken);

    /// <summary>Has a peer answer with the flag <c>NULL</c>.</summary>
    /// <param name="peer">The peer; null: this one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What the flag's handler here makes of it: the text <c>NULL</c>, unless it is replaced.</returns>
    /// <exception cref="NetException">The call failed.</exception>
    public static async Task<object?> NullAsync(Peer? peer = null, CancellationToken cancellationToken = default) =>
        await (await Peer.OrSelfAsync(peer, cancellationToken).ConfigureAwait(false)).NullAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Asks a peer which functions it offers.</summary>
    /// <param name="peer">The peer; null: this one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The functions with their signatures, by tag; those that every peer offers are among them.</returns>
    /// <exception cref="NetException">The call failed.</exception>
    public static async Task<IReadOnlyList<ConnectionDescription>> ConnectionsAsync(
        Peer? peer = null, CancellationToken cancellationToken = default) =>
        await (await Peer.OrSelfAsync(peer, cancellationToken).ConfigureAwait(false)).ConnectionsAsync(cancellationToken).ConfigureAwait(false);

    /// <inheritdoc cref="LocalPeer.WatchPeersAsync"/>
    public static IAsyncEnumerable<PeerChange> WatchPeersAsync(CancellationToken cancellationToken = default) =>
        Peer.WatchPeersAsync(cancellationToken);

    /// <inheritdoc cref="LocalPeerEvents.RaiseAsync"/>
    [SuppressMessage("Design", "CA1030", Justification = "These events leave the process.")]
    public static Task RaiseAsync(
        string eventName, EventArguments arguments, EventQueueFull whenFull = EventQueueFull.DropOldest) =>
        Peer.RaiseAsync(eventName, arguments, whenFull);

    /// <inheritdoc cref="LocalPeerEvents.Event{T}"/>
    public static Event<T> Event<T>(string eventName, EventQueueFull whenFull = EventQueueFull.DropOldest) =>
        new(eventName, whenFull, static () => Peer);

    /// <inheritdoc cref="LocalPeerEvents.SubscribeAsync(LocalPeer, string, Delegate, IEnumerable{Peer}?, IReadOnlyCollection{string}?, bool, bool, CancellationToken)"/>
    [RequiresUnreferencedCode(Reason)]
    [RequiresDynamicCode(Reason)]
    public static Task<Subscription> SubscribeAsync(
        string eventName,
        Delegate handler,
        IEnumerable<Peer>? from = null,
        IReadOnlyCollection<string>? groups = null,
        bool hubsOnly = false,
        bool onHost = false,
        CancellationToken cancellationToken = default) =>
        Peer.SubscribeAsync(eventName, handler, from, groups, hubsOnly, onHost, cancellationToken);

    /// <inheritdoc cref="LocalPeerEvents.SubscribeAsync(LocalPeer, string, Delegate, Peer, CancellationToken)"/>
    [RequiresUnreferencedCode(Reason)]
    [RequiresDynamicCode(Reason)]
    public static Task<Subscription> SubscribeAsync(
        string eventName, Delegate handler, Peer from, CancellationToken cancellationToken = default) =>
        Peer.SubscribeAsync(eventName, handler, from, cancellationToken);

    /// <inheritdoc cref="LocalPeerEvents.SubscribeAsync{T}(LocalPeer, string, IEnumerable{Peer}?, IReadOnlyCollection{string}?, bool, bool, CancellationToken)"/>
    [RequiresUnreferencedCode(Reason)]
    [RequiresDynamicCode(Reason)]
    public static IAsyncEnumerable<EventItem<T>> SubscribeAsync<T>(
        string eventName,
        IEnumerable<Peer>? from = null,
        IReadOnlyCollection<string>? groups = null,
        bool hubsOnly = false,
        bool onHost = false,
        CancellationToken cancellationToken = default) =>
        Peer.SubscribeAsync<T>(eventName, from, groups, hubsOnly, onHost, cancellationToken);

    /// <inheritdoc cref="LocalPeerEvents.SubscribeAsync{T}(LocalPeer, string, Peer, CancellationToken)"/>
    [RequiresUnreferencedCode(Reason)]
    [RequiresDynamicCode(Reason)]
    public static IAsyncEnumerable<EventItem<T>> SubscribeAsync<T>(
        string eventName, Peer from, CancellationToken cancellationToken = default) =>
        Peer.SubscribeAsync<T>(eventName, from, cancellationToken);

    /// <summary>Says where generated events find the current peer: also when an event is the first that a program uses of the library.</summary>
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "The floor of events knows no facade, and a program may begin with an event.")]
    internal static void OfferPeerToEvents() => GeneratedEvent.CurrentRaiser = static () => Peer;

    /// <summary>
    /// Gives the peer of this process to a host, which starts and stops it: the one that there is, when nobody has started or taken it, or
    /// a new one in place of one that has stopped. Else the host gets a peer of its own.
    /// </summary>
    /// <returns>The peer, not started.</returns>
    internal static LocalPeer TakePeer()
    {
        lock (Gate)
        {
            if (_processPeer is { HasStopped: true })
            {
                _processPeer = null;
                _isTaken = false;
            }

            if (_isTaken || _processPeer is { HasStarted: true })
            {
                return new LocalPeer();
            }

            _isTaken = true;
            return _processPeer ??= MakePeer();
        }
    }

    private static LocalPeer MakeProcessPeer()
    {
        lock (Gate)
        {
            return _processPeer ??= MakePeer();
        }
    }

    private static LocalPeer MakePeer()
    {
        var peer = new LocalPeer { StartsWhenUsed = true };

        // A program that just ends takes its entry along; one that is killed leaves one that nobody trusts.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => peer.Vanish();
        return peer;
    }
}
