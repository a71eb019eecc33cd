using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace AppNet.Diagnostics;

/// <summary>
/// What AppNet reports to whoever listens: the activity source and the meter named <c>AppNet</c>. Both belong to the process, as
/// listeners do; a peer is told apart by tags.
/// </summary>
internal static class Telemetry
{
    /// <summary>The name of the source and of the meter.</summary>
    public const string Name = "AppNet";

    /// <summary>The spans: one for a call on the caller's side, one on the other.</summary>
    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    /// <summary>Calls that were made (role <c>caller</c>), whether or not they could be sent, or taken (role <c>callee</c>).</summary>
    public static readonly Counter<long> Calls = Meter.CreateCounter<long>("appnet.calls", "{call}", "Calls made or taken.");

    /// <summary>Calls that ended with an error, by <see cref="NetError"/>.</summary>
    public static readonly Counter<long> Errors = Meter.CreateCounter<long>("appnet.errors", "{call}", "Calls that ended with an error.");

    /// <summary>How long calls take, from sending or taking to the end.</summary>
    public static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("appnet.duration", "s", "How long calls take.");

    /// <summary>Calls that are under way.</summary>
    public static readonly UpDownCounter<long> Pending = Meter.CreateUpDownCounter<long>("appnet.pending", "{call}", "Calls under way.");

    /// <summary>Links that are up.</summary>
    public static readonly UpDownCounter<long> Links = Meter.CreateUpDownCounter<long>("appnet.links", "{link}", "Links that are up.");

    /// <summary>Bytes that links received and sent, by direction, counted when a link ends and each time it is looked after.</summary>
    public static readonly Counter<long> Bytes = Meter.CreateCounter<long>("appnet.bytes", "By", "Bytes that links carried.");

    /// <summary>Events that a handler here has handled.</summary>
    public static readonly Counter<long> EventsDelivered = Meter.CreateCounter<long>("appnet.events.delivered", "{event}", "Events handled.");

    /// <summary>Events that were dropped from the queue of a subscription, at the publisher.</summary>
    public static readonly Counter<long> EventsDropped = Meter.CreateCounter<long>("appnet.events.dropped", "{event}", "Events dropped from full queues.");

    /// <summary>Events whose handler failed, or whose arguments fit no handler; counted here and, the latter, at the publisher too.</summary>
    public static readonly Counter<long> EventsFailed = Meter.CreateCounter<long>("appnet.events.failed", "{event}", "Events that were not handled.");

    /// <summary>The tag for who counts: the side that called or the side that ran.</summary>
    public static readonly KeyValuePair<string, object?> Caller = new("appnet.role", "caller");

    /// <summary>The tag for who counts: the side that called or the side that ran.</summary>
    public static readonly KeyValuePair<string, object?> Callee = new("appnet.role", "callee");

    /// <summary>The tag of bytes that came in.</summary>
    public static readonly KeyValuePair<string, object?> Received = new("network.io.direction", "receive");

    /// <summary>The tag of bytes that went out.</summary>
    public static readonly KeyValuePair<string, object?> Sent = new("network.io.direction", "transmit");

    /// <summary>The tag of a call that its caller cancelled, where errors have theirs.</summary>
    public static readonly KeyValuePair<string, object?> Cancelled = new("error.type", "Cancelled");

    /// <summary>Counts. What a listener of the program's own throws is its own affair: it must not end a call or a link.</summary>
    /// <param name="counter">The instrument.</param>
    /// <param name="value">How many.</param>
    /// <param name="tags">What they belong to.</param>
    public static void Add(Counter<long> counter, long value, params ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        try
        {
            counter.Add(value, tags);
        }
        catch (Exception)
        {
            // There is nobody else to tell.
        }
    }

    /// <summary>Counts up or down, as <see cref="Add(Counter{long}, long, ReadOnlySpan{KeyValuePair{string, object?}})"/>.</summary>
    /// <param name="counter">The instrument.</param>
    /// <param name="value">How many more, or fewer.</param>
    /// <param name="tags">What they belong to.</param>
    public static void Add(UpDownCounter<long> counter, long value, params ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        try
        {
            counter.Add(value, tags);
        }
        catch (Exception)
        {
            // There is nobody else to tell.
        }
    }

    /// <summary>Records, as <see cref="Add(Counter{long}, long, ReadOnlySpan{KeyValuePair{string, object?}})"/>.</summary>
    /// <param name="histogram">The instrument.</param>
    /// <param name="value">What was measured.</param>
    /// <param name="tags">What it belongs to.</param>
    public static void Record(Histogram<double> histogram, double value, params ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        try
        {
            histogram.Record(value, tags);
        }
        catch (Exception)
        {
            // There is nobody else to tell.
        }
    }

    /// <summary>Makes the tag that names a function.</summary>
    /// <param name="tag">The function's tag.</param>
    /// <returns>The measurement's tag.</returns>
    public static KeyValuePair<string, object?> Function(string tag) => new("appnet.function", tag);

    /// <summary>Makes the tag that names an event.</summary>
    /// <param name="name">The event's name.</param>
    /// <returns>The measurement's tag.</returns>
    public static KeyValuePair<string, object?> Event(string name) => new("appnet.event", name);

    /// <summary>Makes the tag that names an error.</summary>
    /// <param name="error">The error.</param>
    /// <returns>The measurement's tag.</returns>
    public static KeyValuePair<string, object?> Error(NetError error) => new("error.type", error.ToString());
}
