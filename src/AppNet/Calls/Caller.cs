using System.Diagnostics;
using AppNet.Connections;
using AppNet.Links;
using AppNet.Wire;

namespace AppNet.Calls;

/// <summary>Sends calls: encodes, queues, flushes. Everything else about a call is its <see cref="CallTable"/>'s.</summary>
internal static class Caller
{
    /// <summary>Writes arguments into a payload.</summary>
    /// <typeparam name="TState">What the arguments are.</typeparam>
    /// <param name="writer">Where they go.</param>
    /// <param name="state">The arguments.</param>
    /// <returns>Whether some are given by name.</returns>
    public delegate bool ArgumentsWriter<TState>(ref ArgumentWriter writer, in TState state);

    /// <summary>Calls a function on a peer.</summary>
    /// <typeparam name="TState">What the arguments are.</typeparam>
    /// <typeparam name="TResult">The result.</typeparam>
    /// <param name="peer">The peer.</param>
    /// <param name="target">The function.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The result.</returns>
    public static Task<TResult> InvokeAsync<TState, TResult>(
        Peer peer, CallTarget<TState, TResult> target, in TState arguments, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            return peer.FindLink() is { } link
                && TrySend(link.Handler<LinkCalls>().Outgoing, peer.Timeout ?? peer.Source.DefaultTimeout, target, in arguments, cancellationToken, out var call, out var streams)
                    == SendOutcome.Queued
                ? streams is null ? AwaitAsync(call) : AwaitAsync(call, streams)
                : InvokeSlowlyAsync(peer, target, arguments, cancellationToken);
        }
        catch (OperationCanceledException exception) when (exception.CancellationToken == cancellationToken)
        {
            CallTelemetry.NotSent(target.Tag, peer.Id, beganAt: 0, exception);
            return Task.FromCanceled<TResult>(cancellationToken);
        }
        catch (Exception exception) when (exception is NetException or OperationCanceledException)
        {
            CallTelemetry.NotSent(target.Tag, peer.Id, beganAt: 0, exception);
            return Task.FromException<TResult>(exception);
        }
    }

    /// <summary>Calls a function over one link and no other: a callback, which belongs to a call of that link.</summary>
    /// <typeparam name="TState">What the arguments are.</typeparam>
    /// <typeparam name="TResult">The result.</typeparam>
    /// <param name="link">The link.</param>
    /// <param name="target">The function.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="timeout">How long it may take; null: as long as it does.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The result.</returns>
    public static async Task<TResult> InvokeAsync<TState, TResult>(
        Link link, CallTarget<TState, TResult> target, TState arguments, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            switch (TrySend(link.Handler<LinkCalls>().Outgoing, timeout, target, in arguments, cancellationToken, out var call, out var streams))
            {
                case SendOutcome.Queued:
                    return await (streams is null ? AwaitAsync(call) : AwaitAsync(call, streams)).ConfigureAwait(false);
                case SendOutcome.Full:
                    await link.WaitForRoomAsync(cancellationToken).ConfigureAwait(false);
                    break;
                default:
                    throw new NetException(
                        NetError.PeerLost, $"The link to {link.Remote.Id.ToFriendlyString()} has ended, and with it the call that brought the callback.");
            }
        }
    }

    // A small method of its own: what it allocates is the caller's Task and no more.
    private static async Task<TResult> AwaitAsync<TResult>(ValueTask<TResult> call) => await call.ConfigureAwait(false);

    /// <summary>Waits for the result, and then until all reports of progress were handed over.</summary>
    private static async Task<TResult> AwaitAsync<TResult>(ValueTask<TResult> call, CallStreams streams)
    {
        var result = await call.ConfigureAwait(false);
        await streams.ListenToEndAsync().ConfigureAwait(false);
        return result;
    }

    /// <summary>Brings up the link or waits for room, within the call's own limit, which runs from here.</summary>
    private static async Task<TResult> InvokeSlowlyAsync<TState, TResult>(
        Peer peer, CallTarget<TState, TResult> target, TState arguments, CancellationToken cancellationToken)
    {
        var beganAt = Stopwatch.GetTimestamp();
        Sent<TResult> sent;
        try
        {
            sent = await SendInTimeAsync(peer, target, arguments, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            CallTelemetry.NotSent(target.Tag, peer.Id, beganAt, exception);
            throw;
        }

        return await sent.Call.ConfigureAwait(false);
    }

    private static async Task<Sent<TResult>> SendInTimeAsync<TState, TResult>(
        Peer peer, CallTarget<TState, TResult> target, TState arguments, CancellationToken cancellationToken)
    {
        var limit = peer.Timeout ?? peer.Source.DefaultTimeout;
        if (limit is not { } timeout)
        {
            return await SendSlowlyAsync(peer, target, arguments, beganAt: null, cancellationToken, cancellationToken).ConfigureAwait(false);
        }

        var time = peer.Source.Time;
        var beganAt = time.GetTimestamp();
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await SendSlowlyAsync(peer, target, arguments, beganAt, either.Token, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (exception.CancellationToken == either.Token)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new NetException(
                NetError.TimedOut, $"'{target.Tag}' could not be sent to {peer} within {timeout.TotalSeconds:0.###} s. The function has not run.");
        }
    }

    private static async Task<Sent<TResult>> SendSlowlyAsync<TState, TResult>(
        Peer peer, CallTarget<TState, TResult> target, TState arguments, long? beganAt, CancellationToken wait, CancellationToken cancellationToken)
    {
        while (true)
        {
            var link = await peer.Source.GetLinkAsync(peer, wait).ConfigureAwait(false);
            var left = (peer.Timeout ?? peer.Source.DefaultTimeout) - (beganAt is { } began ? peer.Source.Time.GetElapsedTime(began) : TimeSpan.Zero);
            if (left <= TimeSpan.Zero)
            {
                throw new OperationCanceledException(wait);
            }

            switch (TrySend(link.Handler<LinkCalls>().Outgoing, left, target, in arguments, cancellationToken, out var call, out var streams))
            {
                case SendOutcome.Queued:
                    return new Sent<TResult>(streams is null ? call : new ValueTask<TResult>(AwaitAsync(call, streams)));
                case SendOutcome.Full:
                    await link.WaitForRoomAsync(wait).ConfigureAwait(false);
                    break;
                default:
                    // Nothing was sent: the link closed a moment ago, and the source gives another one or says why not.
                    break;
            }
        }
    }

    private static SendOutcome TrySend<TState, TResult>(
        CallTable table,
        TimeSpan? timeout,
        CallTarget<TState, TResult> target,
        in TState arguments,
        CancellationToken cancellationToken,
        out ValueTask<TResult> result,
        out CallStreams? streams)
    {
        result = default;
        streams = null;
        if (!table.Link.HasRoom)
        {
            // Before anything is written: what waits for room does not write its arguments again and again.
            return SendOutcome.Full;
        }

        var protocol = table.Protocol;
        var buffer = PayloadBuffer.Rent(table.MaxPayload, table.Link.RemoteLimits.Raw);
        try
        {
            var writer = new ArgumentWriter(buffer, protocol.Options.SerializerOptions, target.Definition, target.Tag, table.Streams);
            writer.TakeCallbacks();
            var isNamed = target.Write(ref writer, in arguments);
            writer.End();

            streams = writer.Streams as CallStreams;
            var call = PendingCall<TResult>.Rent(table, target.Tag, target.ResultCodec, target.Name);
            if (streams is not null)
            {
                streams.Tag = target.Name;
                call.Streams = streams;
            }

            if (writer.Callbacks is { } callbacks)
            {
                call.Callbacks = new GivenCallbacks(target.Definition?.Name ?? target.Tag, callbacks);
            }

            var outcome = Start(table, call, buffer, isNamed, writer.TrailingDefaults, timeout);
            if (outcome != SendOutcome.Queued)
            {
                return outcome;
            }

            result = call.Task;
            if (timeout is not null || cancellationToken.CanBeCanceled)
            {
                call.Bound(timeout, protocol.Options.Time, cancellationToken);
            }

            table.Link.FlushNow();
            streams?.Start();
            return SendOutcome.Queued;
        }
        finally
        {
            PayloadBuffer.Return(buffer);
        }
    }

    private static SendOutcome Start<TResult>(
        CallTable table, PendingCall<TResult> call, PayloadBuffer payload, bool isNamed, int trailingDefaults, TimeSpan? timeout)
    {
        var isMeasured = CallTelemetry.IsWanted;
        if (isMeasured)
        {
            CallTelemetry.Begin(call, table.Link.Remote);
        }

        var outcome = SendOutcome.Closed;
        try
        {
            outcome = table.Start(call, new CallRequest
            {
                Payload = payload.WrittenSpan,
                Segments = payload.Segments,
                Flags = isNamed ? FrameFlags.Named : FrameFlags.None,
                TrailingDefaults = trailingDefaults,
                Streams = call.Streams?.Count ?? 0,
                TimeLeft = timeout,
                Activity = call.Activity ?? Activity.Current,
            });
            return outcome;
        }
        finally
        {
            if (outcome != SendOutcome.Queued)
            {
                call.Streams?.End(reason: null);
                CallTelemetry.Forget(call);
                call.Abandon();
            }
            else if (isMeasured)
            {
                CallTelemetry.Sent(call.Name);
            }
        }
    }

    /// <summary>A call that is on its way, to be awaited once. In a shell, so that awaiting how it was sent does not await it.</summary>
    private readonly record struct Sent<TResult>(ValueTask<TResult> Call);
}
