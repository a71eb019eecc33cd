using System.Diagnostics;
using AppNet.Diagnostics;

namespace AppNet.Calls;

/// <summary>A call as a span and in numbers, on either side. Costs next to nothing while nobody listens.</summary>
internal static class CallTelemetry
{
    /// <summary>Gets whether anybody wants to know of calls.</summary>
    public static bool IsWanted =>
        Telemetry.Source.HasListeners() || Telemetry.Calls.Enabled || Telemetry.Duration.Enabled || Telemetry.Pending.Enabled;

    /// <summary>Begins to measure a call on the caller's side.</summary>
    /// <param name="call">The call.</param>
    /// <param name="remote">The peer that is called.</param>
    public static void Begin(PendingCall call, PeerInfo remote)
    {
        call.BeganAt = Stopwatch.GetTimestamp();

        // The span belongs to the call, not to what the caller does next.
        var outer = Activity.Current;
        call.Activity = Start(call.Name, ActivityKind.Client, default, remote.Id);
        Activity.Current = outer;
    }

    /// <summary>Counts a call that is on its way. Its answer may already have come.</summary>
    /// <param name="tag">The function.</param>
    public static void Sent(string tag)
    {
        Telemetry.Calls.Add(1, Telemetry.Caller, Telemetry.Function(tag));
        Telemetry.Pending.Add(1, Telemetry.Caller);
    }

    /// <summary>Takes back what <see cref="Begin"/> did: the call was not sent.</summary>
    /// <param name="call">The call.</param>
    public static void Forget(PendingCall call)
    {
        if (call.Activity is { } activity)
        {
            activity.IsAllDataRequested = false;
            activity.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            activity.Dispose();
        }
    }

    /// <summary>Ends measuring a call on the caller's side.</summary>
    /// <param name="call">The call.</param>
    /// <param name="error">Its error, or null.</param>
    public static void End(PendingCall call, Exception? error)
    {
        if (call.BeganAt != 0)
        {
            Telemetry.Pending.Add(-1, Telemetry.Caller);
            End(call.Name, Telemetry.Caller, call.BeganAt, call.Activity, error);
        }
    }

    /// <summary>Begins a span.</summary>
    /// <param name="tag">The function.</param>
    /// <param name="kind">Which side.</param>
    /// <param name="parent">The caller's span, on the side that runs the function.</param>
    /// <param name="peer">The other side.</param>
    /// <returns>The span, or null when nobody listens.</returns>
    public static Activity? Start(string tag, ActivityKind kind, ActivityContext parent, PeerId peer)
    {
        var activity = parent == default
            ? Telemetry.Source.CreateActivity(tag, kind)
            : Telemetry.Source.CreateActivity(tag, kind, parent);
        return activity?
            .SetTag("rpc.system", "appnet")
            .SetTag("rpc.method", tag)
            .SetTag("server.address", peer.Host)
            .SetTag("server.port", peer.Port)
            .Start();
    }

    /// <summary>Ends measuring a call.</summary>
    /// <param name="tag">The function.</param>
    /// <param name="role">Which side.</param>
    /// <param name="beganAt">When it began, as a timestamp.</param>
    /// <param name="activity">The span, or null.</param>
    /// <param name="error">The call's error, or null.</param>
    public static void End(string tag, in KeyValuePair<string, object?> role, long beganAt, Activity? activity, Exception? error)
    {
        var function = Telemetry.Function(tag);
        Telemetry.Duration.Record(Stopwatch.GetElapsedTime(beganAt).TotalSeconds, role, function);
        if (error is not null)
        {
            Telemetry.Errors.Add(1, role, function, KindOf(error));
            _ = activity?.SetStatus(ActivityStatusCode.Error, error.Message);
        }

        activity?.Dispose();
    }

    private static KeyValuePair<string, object?> KindOf(Exception error) => error switch
    {
        NetException known => Telemetry.Error(known.Error),
        OperationCanceledException => Telemetry.Cancelled,
        _ => Telemetry.Error(NetError.RemoteFailure),
    };
}
