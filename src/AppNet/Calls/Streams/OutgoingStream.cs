using System.Diagnostics.CodeAnalysis;
using AppNet.Links;
using AppNet.Wire;

namespace AppNet.Calls;

/// <summary>
/// A stream that this side sends: a task that takes what the producer has, and waits for credit and for room in the send queue. It ends
/// with an <see cref="FrameType.End"/>, whatever happens.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The source has no timer and no handle; a late Stop may still come.")]
internal abstract class OutgoingStream : IOutgoingStream
{
    private readonly ushort _number;
    private readonly StreamCredit _credit;
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Makes a stream that is not yet begun.</summary>
    /// <param name="call">The call to which it belongs.</param>
    /// <param name="number">Its number; 0 is the result.</param>
    private protected OutgoingStream(CallStreams call, int number)
    {
        Call = call;
        _number = (ushort)number;
        _credit = new StreamCredit(call.Link.RemoteLimits.Stream);
    }

    /// <summary>Gets the call to which it belongs.</summary>
    protected CallStreams Call { get; }

    /// <summary>Gets or sets what is wrong with an item, so that it can't be sent.</summary>
    protected NetException? Fault { get; set; }

    /// <summary>Begins to send. Called once, when the call or the answer that opens the stream is queued.</summary>
    /// <returns>A task that ends when the producer has, with the error that the other side is told; it never fails.</returns>
    public Task<NetException?> StartAsync() => Task.Run(RunAsync);

    /// <inheritdoc/>
    public void OnCredit(uint bytes) => _credit.Add(bytes);

    /// <inheritdoc/>
    public void Stop() => _ = _stop.CancelAsync();

    /// <summary>Sends all that the producer has.</summary>
    /// <param name="cancellationToken">Ends when nothing more is wanted.</param>
    /// <returns>A task that ends with the producer.</returns>
    protected abstract Task ProduceAsync(CancellationToken cancellationToken);

    /// <summary>Sends one frame of items, once there is credit and room.</summary>
    /// <param name="length">Its length.</param>
    /// <param name="append">Queues it.</param>
    /// <returns>A task that ends when it is queued.</returns>
    protected async ValueTask SendAsync(int length, Func<FrameFlags, ushort, SendOutcome> append)
    {
        do
        {
            await WaitForTurnAsync(length).ConfigureAwait(false);
        }
        while (!TrySend(length, append));
    }

    private async ValueTask WaitForTurnAsync(int length)
    {
        var link = Call.Link;
        var token = _stop.Token;
        token.ThrowIfCancellationRequested();
        if (!_credit.IsOpen)
        {
            await _credit.WaitAsync(token).ConfigureAwait(false);
        }

        if (!link.HasStreamRoom)
        {
            await link.WaitForStreamRoomAsync(token).ConfigureAwait(false);
        }

        while (!Call.Streams.Credit.TryTake(length))
        {
            await Call.Streams.Credit.WaitAsync(token).ConfigureAwait(false);
        }
    }

    private bool TrySend(int length, Func<FrameFlags, ushort, SendOutcome> append)
    {
        switch (append(Call.Side, _number))
        {
            case SendOutcome.Full:
                Call.Streams.Credit.Add((uint)length);
                return false;
            case SendOutcome.Closed:
                throw new OperationCanceledException("The link is closed.");
            default:
                // Only this task takes of it, so what was there is there still.
                _ = _credit.TryTake(length);
                Call.Link.FlushNow();
                return true;
        }
    }

    private async Task<NetException?> RunAsync()
    {
        NetException? failure;
        try
        {
            await ProduceAsync(_stop.Token).ConfigureAwait(false);
            failure = Fault;
        }
        catch (Exception exception)
        {
            failure = Fault ?? (_stop.IsCancellationRequested ? null : Call.Classify(exception));
        }

        Call.SendEnd(_number, failure);
        return failure;
    }
}
