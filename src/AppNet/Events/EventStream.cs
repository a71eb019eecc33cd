using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace AppNet.Events;

/// <summary>A subscription that is read rather than handled: whoever reads slowly fills its queue, as a slow handler does.</summary>
internal static class EventStream
{
    // Read ahead, so that not every event waits for its reader; more would be kept here than the credit accounts for.
    private const int ReadAhead = 16;

    /// <summary>Subscribes when it is read first, and ends the subscription when it is no longer.</summary>
    /// <typeparam name="T">What the arguments are bound to.</typeparam>
    /// <param name="getHub">Gets the peer's events.</param>
    /// <param name="eventName">The event's name.</param>
    /// <param name="filter">Which publishers are meant.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The events.</returns>
    [RequiresUnreferencedCode("The type's constructor is looked at by reflection.")]
    [RequiresDynamicCode("The type's constructor is looked at by reflection.")]
    public static async IAsyncEnumerable<EventItem<T>> ReadAsync<T>(
        Func<CancellationToken, Task<EventHub>> getHub,
        string eventName,
        RuleFilter filter,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var hub = await getHub(cancellationToken).ConfigureAwait(false);
        var items = Channel.CreateBounded<EventItem<T>>(new BoundedChannelOptions(ReadAhead) { SingleReader = true, SingleWriter = true });
        var definition = ItemDefinition<T>.Create(
            eventName, (value, invocation) => items.Writer.WriteAsync(new EventItem<T>(value, EventContext.Of(invocation)), invocation.CancellationToken));
        using var rule = hub.Add(eventName, definition, filter);
        using var ended = rule.Ended.UnsafeRegister(static state => ((ChannelWriter<EventItem<T>>)state!).TryComplete(), items.Writer);
        await foreach (var item in items.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return item;
        }
    }
}
