using System.Diagnostics;
using AppNet.Diagnostics;

namespace AppNet.Calls;

/// <summary>A call as a span and in numbers, on either side. Costs next to nothing while nobody listens.</summary>
internal static class CallTelemetry
{
    /// <summary>Gets whether anybody wants to know of calls.</summary>
    public static bool IsWanted =>
        Telemetry.Source.HasListeners() || Telemetry.Calls.Enabled || Telemetry.Duration.Enabled || Telemetry.Pending.Enabled
        || Telemetry.Errors.Enabled;

    /// <summary>Begins to measure a call on the caller's side.</summary>
    /// <param name="call">The call.</param>
    /// <param name="remote">The peer that is called.</param>
    public static void Begin(PendingCall call, PeerInfo remote)
    {
        call.BeganAt = Stopwatch.GetTimestamp();
        call.Activity = Start(call.Name, ActivityKind.Client, default, remote.Id);
    }

    /// <summary>Counts a call that is on its way. Its answer may already have come.</summary>
    /// <param name="tag">The function.</param>
    public static void Sent(string tag)
    {
        Telemetry.Add(Telemetry.Calls, 1, Telemetry.Caller, Telemetry.Function(tag));
        Telemetry.Add(Telemetry.Pending, 1, Telemetry.Caller);
    }

    /// <summary>Takes back what <see cref="Begin"/> did: the call was not sent.</summary>
    /// <param name="call">The call.</param>
    public static void Forget(PendingCall call)
    {
        if (call.Activity is { } activity)
        {
            activity.IsAllDataRequested = false;
            activity.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            Stop(activity);
        }
    }

    /// <summary>Counts a call that failed before it could be sent, as the caller saw it.</summary>
    /// <param name="tag">The function.</param>
    /// <param name="peer">The peer that was meant.</param>
    /// <param name="beganAt">When the call began, as a timestamp; 0: now.</param>
    /// <param name="error">What the caller gets.</param>
    public static void NotSent(string tag, PeerId peer, long beganAt, Exception error)
    {
        if (IsWanted)
        {
            beganAt = beganAt == 0 ? Stopwatch.GetTimestamp() : beganAt;
            Telemetry.Add(Telemetry.Calls, 1, Telemetry.Caller, Telemetry.Function(tag));
            End(tag, Telemetry.Caller, beganAt, Start(tag, ActivityKind.Client, default, peer, Stopwatch.GetElapsedTime(beganAt)), error);
        }
    }

    /// <summary>Ends measuring a call on the caller's side.</summary>
    /// <param name="call">The call.</param>
    /// <param name="error">Its error, or null.</param>
    public static void End(PendingCall call, Exception? error)
    {
        if (call.BeganAt != 0)
        {
            Telemetry.Add(Telemetry.Pending, -1, Telemetry.Caller);
            End(call.Name, Telemetry.Caller, call.BeganAt, call.Activity, error);
        }
    }

    /// <summary>Begins a span. It belongs to the call, not to what this thread does next, which finds no other span than before.</summary>
    /// <param name="tag">The function.</param>
    /// <param name="kind">Which side.</param>
    /// <param name="parent">The caller's span, on the side that runs the function.</param>
    /// <param name="peer">The other side.</param>
    /// <param name="ago">How long ago it began.</param>
    /// <returns>The span, or null when nobody listens, or who listens fails.</returns>
    public static Activity? Start(string tag, ActivityKind kind, ActivityContext parent, PeerId peer, TimeSpan ago = default)
    {
        var outer = Activity.Current;
        try
        {
            var activity = parent == default
                ? Telemetry.Source.CreateActivity(tag, kind)
                : Telemetry.Source.CreateActivity(tag, kind, parent);
            if (activity is not null && ago > TimeSpan.Zero)
            {
                _ = activity.SetStartTime((TimeProvider.System.GetUtcNow() - ago).UtcDateTime);
            }

            return activity?
                .SetTag("rpc.system", "appnet")
                .SetTag("rpc.method", tag)
                .SetTag("server.address", peer.Host)
                .SetTag("server.port", peer.Port)
                .Start();
        }
        catch (Exception)
        {
            // A listener of the program's own: the call goes on without a span.
            return null;
        }
        finally
        {
            Activity.Current = outer;
        }
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
        Telemetry.Record(Telemetry.Duration, Stopwatch.GetElapsedTime(beganAt).TotalSeconds, role, function);
        if (error is not null)
        {
            Telemetry.Add(Telemetry.Errors, 1, role, function, KindOf(error));
            _ = activity?.SetStatus(ActivityStatusCode.Error, RemoteErrors.MessageOf(error));
        }

        Stop(activity);
    }

    private static void Stop(Activity? activity)
    {
        var outer = Activity.Current;
        try
        {
            activity?.Dispose();
        }
        catch (Exception)
        {
            // A listener of the program's own; the call has ended all the same.
        }
        finally
        {
            if (!ReferenceEquals(outer, activity))
            {
                Activity.Current = outer;
            }
        }
    }

    private static KeyValuePair<string, object?> KindOf(Exception error) => error switch
    {
        NetException known => Telemetry.Error(known.Error),
        OperationCanceledException => Telemetry.Cancelled,
        _ => Telemetry.Error(NetError.RemoteFailure),
    };
}
