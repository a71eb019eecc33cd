using System.ComponentModel;
using System.Diagnostics;
using AppNet.Connections;

namespace AppNet;

/// <summary>
/// What a connected function may know of the call that runs it. A parameter of this type is filled by the library; neither
/// the overload nor the wire carries it. Valid until the function ends; safe for use from many threads.
/// </summary>
public sealed class CallContext
{
    private readonly long? _deadline;
    private readonly TimeProvider _time;

    internal CallContext(
        string tag, Peer? caller, long? deadline, TimeProvider time, ActivityContext trace, CancellationToken cancellationToken)
    {
        Trace = trace;
        Tag = tag;
        Caller = caller;
        CancellationToken = cancellationToken;
        _deadline = deadline;
        _time = time;
    }

    /// <summary>Gets the tag under which the function was called.</summary>
    public string Tag { get; }

    /// <summary>
    /// Gets the peer that calls, or null when the call comes from this process without the wire. It can be called back.
    /// </summary>
    public Peer? Caller { get; }

    /// <summary>
    /// Gets the caller's group, as the caller says; null when it has none, or when the call comes from this process without the wire.
    /// </summary>
    public string? Group => Caller?.Info?.Group;

    /// <summary>
    /// Gets the trace that the call belongs to: the span that this function runs in where somebody listens to the activity source
    /// <c>AppNet</c>, else the caller's; the default value when the caller sent none.
    /// </summary>
    public ActivityContext Trace { get; }

    /// <summary>Gets the time left until the caller gives up, never below zero, or null when it set no limit.</summary>
    public TimeSpan? TimeLeft
    {
        get
        {
            if (_deadline is not { } deadline)
            {
                return null;
            }

            var left = _time.GetElapsedTime(_time.GetTimestamp(), deadline);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>Gets the token that ends when the caller cancels, its deadline passes or the link to it is lost.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>Returns the context of a running call. For generated code.</summary>
    /// <param name="invocation">The running call.</param>
    /// <returns>The context.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static CallContext Of(Invocation invocation)
    {
        ArgumentNullException.ThrowIfNull(invocation);
        return (CallContext)invocation.Context;
    }
}
