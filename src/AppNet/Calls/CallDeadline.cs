namespace AppNet.Calls;

/// <summary>Ends a call that has no answer when its time is over. It knows the call by number, as the object may be used anew by then.</summary>
internal sealed class CallDeadline(CallTable table, PendingCall call, uint id, TimeSpan limit)
{
    /// <summary>Starts the clock.</summary>
    /// <param name="time">The clock.</param>
    /// <returns>The timer, to be disposed when the call ends otherwise.</returns>
    public ITimer Start(TimeProvider time) =>
        time.CreateTimer(static state => ((CallDeadline)state!).Pass(), this, limit, Timeout.InfiniteTimeSpan);

    private void Pass()
    {
        if (table.TryTake(call, id))
        {
            var tag = call.Name;
            table.SendCancel(id);
            table.Fail(
                call,
                new NetException(
                    NetError.TimedOut,
                    $"'{tag}' on {table.RemoteName} gave no answer within {limit.TotalSeconds:0.###} s. The function may have run."));
        }
    }
}
