using System.Diagnostics.CodeAnalysis;
using AppNet.Connections;
using AppNet.Events;

namespace AppNet;

/// <summary>Events without the generator: raising them by name, and subscribing with a delegate or as a stream.</summary>
public static class LocalPeerEvents
{
    private const string Reason =
        "The handler's parameters, or the constructor of the type, are looked at by reflection. In a trimmed program use [Subscribe] instead.";

    /// <summary>Publishes an event to every peer that has subscribed.</summary>
    /// <param name="peer">The peer that raises it.</param>
    /// <param name="eventName">The event's name: 1 to 512 bytes of UTF-8.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="whenFull">What happens when a subscriber's queue is full.</param>
    /// <returns>A task that ends when the event is queued for each subscriber. Nobody has to be subscribed.</returns>
    /// <exception cref="ArgumentException">The name is empty or too long.</exception>
    /// <exception cref="NetException">An argument can't be serialized, or they are too large. Nothing is sent then.</exception>
    [SuppressMessage("Design", "CA1030", Justification = "These events leave the process.")]
    public static Task RaiseAsync(
        this LocalPeer peer, string eventName, EventArguments arguments, EventQueueFull whenFull = EventQueueFull.DropOldest)
    {
        ArgumentNullException.ThrowIfNull(peer);
        ArgumentNullException.ThrowIfNull(arguments);
        EventName.Check(eventName);
        return ((IEventRaiser)peer).RaiseAsync(eventName, whenFull, arguments);
    }

    /// <summary>Makes an event of one argument, to be kept and raised often.</summary>
    /// <typeparam name="T">The type of the argument.</typeparam>
    /// <param name="peer">The peer that raises it.</param>
    /// <param name="eventName">The event's name: 1 to 512 bytes of UTF-8.</param>
    /// <param name="whenFull">What happens when a subscriber's queue is full.</param>
    /// <returns>The event.</returns>
    /// <exception cref="ArgumentException">The name is empty or too long.</exception>
    public static Event<T> Event<T>(this LocalPeer peer, string eventName, EventQueueFull whenFull = EventQueueFull.DropOldest)
    {
        ArgumentNullException.ThrowIfNull(peer);
        return new Event<T>(eventName, whenFull, () => peer);
    }

    /// <summary>
    /// Subscribes to an event at every peer that matches, those that come later and those that come back included. The handler runs for
    /// one event at a time; what it throws is logged and counted. Subscribing again with the same handler and the same limits changes
    /// nothing: it is handed each event once.
    /// </summary>
    /// <param name="peer">The peer that subscribes.</param>
    /// <param name="eventName">The event's name: 1 to 512 bytes of UTF-8.</param>
    /// <param name="handler">
    /// The handler, whose parameters the event's arguments are bound to. Those of type <see cref="EventContext"/> and
    /// <see cref="CancellationToken"/> are filled by the library.
    /// </param>
    /// <param name="from">The only peers that match, a <see cref="PeerDirectory"/> for instance; null: any other peer.</param>
    /// <param name="groups">The groups whose peers match; null: every group, and those without. <c>None</c> names those without.</param>
    /// <param name="hubsOnly">Whether only hubs match.</param>
    /// <param name="onHost">Whether only peers on this host match.</param>
    /// <param name="cancellationToken">Ends the wait, and with it the subscription; later only disposing ends it.</param>
    /// <returns>The subscription, when those who are there have been asked for the event.</returns>
    /// <exception cref="ArgumentException">The name is none, or something in the handler's signature can't travel.</exception>
    [RequiresUnreferencedCode(Reason)]
    [RequiresDynamicCode(Reason)]
    public static async Task<Subscription> SubscribeAsync(
        this LocalPeer peer,
        string eventName,
        Delegate handler,
        IEnumerable<Peer>? from = null,
        IReadOnlyCollection<string>? groups = null,
        bool hubsOnly = false,
        bool onHost = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(peer);
        EventName.Check(eventName);
        var definition = DelegateConnection.Create(eventName, handler, new RuntimeParameter(typeof(EventContext), EventContext.Of));
        var filter = RuleFilter.Create(groups, hubsOnly, onHost, from);
        var hub = await peer.GetEventsAsync(cancellationToken).ConfigureAwait(false);
        return new Subscription(
            await hub.SubscribeAsync(eventName, definition, filter, handler, cancellationToken).ConfigureAwait(false), isHolder: true);
    }

    /// <inheritdoc cref="SubscribeAsync(LocalPeer, string, Delegate, IEnumerable{Peer}?, IReadOnlyCollection{string}?, bool, bool, CancellationToken)"/>
    [RequiresUnreferencedCode(Reason)]
    [RequiresDynamicCode(Reason)]
    public static Task<Subscription> SubscribeAsync(
        this LocalPeer peer, string eventName, Delegate handler, Peer from, CancellationToken cancellationToken = default) =>
        SubscribeAsync(peer, eventName, handler, [from], cancellationToken: cancellationToken);

    /// <summary>
    /// Yields the events of every peer that matches, those that come later and those that come back included, from the first read on. Who
    /// reads slowly fills the queue of this subscription; each event says how many were missed before it.
    /// </summary>
    /// <typeparam name="T">
    /// What the arguments are bound to: the argument itself when there is one, else the parameters of the type's constructor.
    /// </typeparam>
    /// <param name="peer">The peer that subscribes.</param>
    /// <param name="eventName">The event's name: 1 to 512 bytes of UTF-8.</param>
    /// <param name="from">The only peers that match, a <see cref="PeerDirectory"/> for instance; null: any other peer.</param>
    /// <param name="groups">The groups whose peers match; null: every group, and those without. <c>None</c> names those without.</param>
    /// <param name="hubsOnly">Whether only hubs match.</param>
    /// <param name="onHost">Whether only peers on this host match.</param>
    /// <param name="cancellationToken">Ends it; so does to stop reading.</param>
    /// <returns>The events. It ends when the peer stops.</returns>
    /// <exception cref="ArgumentException">The name is empty or too long, or no peer could ever match.</exception>
    [RequiresUnreferencedCode(Reason)]
    [RequiresDynamicCode(Reason)]
    public static IAsyncEnumerable<EventItem<T>> SubscribeAsync<T>(
        this LocalPeer peer,
        string eventName,
        IEnumerable<Peer>? from = null,
        IReadOnlyCollection<string>? groups = null,
        bool hubsOnly = false,
        bool onHost = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(peer);
        EventName.Check(eventName);
        return EventStream.ReadAsync<T>(
            peer.GetEventsAsync, eventName, RuleFilter.Create(groups, hubsOnly, onHost, from), cancellationToken);
    }

    /// <inheritdoc cref="SubscribeAsync{T}(LocalPeer, string, IEnumerable{Peer}?, IReadOnlyCollection{string}?, bool, bool, CancellationToken)"/>
    [RequiresUnreferencedCode(Reason)]
    [RequiresDynamicCode(Reason)]
    public static IAsyncEnumerable<EventItem<T>> SubscribeAsync<T>(
        this LocalPeer peer, string eventName, Peer from, CancellationToken cancellationToken = default) =>
        SubscribeAsync<T>(peer, eventName, [from], cancellationToken: cancellationToken);
}
