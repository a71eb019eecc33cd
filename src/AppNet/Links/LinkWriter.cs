using AppNet.Transport;
using AppNet.Wire;

namespace AppNet.Links;

/// <summary>
/// A link's one way out: any thread appends frames, one of them sends all that have gathered. Sending never blocks a thread:
/// what the network does not take at once is sent by a task of the writer's own, while the next frames gather.
/// </summary>
/// <remarks>
/// Bounded: beyond <c>capacity</c> bytes a frame that can wait, as a call or an answer, is turned away
/// (<see cref="SendOutcome.Full"/>); what can't wait, as refusals and the link's own frames, is taken up to four times that, and beyond it the other side counts as one that does not read,
/// which ends the link.
/// </remarks>
internal sealed class LinkWriter
{
    private const int HardLimitFactor = 4;

    // More of streams does not wait in front of calls.
    private const int MaxStreamRoom = 256 * 1024;

    // From this size on it is worth a send of its own not to copy a segment.
    private const int MinReferenced = 16 * 1024;

    // After so many sends for others a thread that came with a frame of its own is let go.
    private const int MaxRoundsPerFlush = 16;

    private readonly IDuplex _duplex;
    private readonly long _capacity;
    private readonly Action<Exception> _onFailure;
    private readonly Lock _gate = new();

    // Guarded by _gate. Frames that wait for the next send.
    private SendQueue _filling = new();

    // Guarded by _gate while _isSending is false; owned by the sender while it is true.
    private SendQueue _sending = new();

    // Guarded by _gate. Whether somebody sends.
    private bool _isSending;

    // Guarded by _gate. Bytes handed to the sender and not yet sent.
    private long _underWay;

    // Written under _gate, read without: the bytes that wait, about.
    private long _waiting;

    // Written under _gate, read without: the bytes that the network has taken.
    private long _bytes;

    // Guarded by _gate.
    private bool _isClosed;

    // Guarded by _gate. Ends when the queue has room again; null when nobody waits.
    private TaskCompletionSource? _room;

    // Guarded by _gate. Ends when streams have room again; null when none waits.
    private TaskCompletionSource? _streamRoom;

    // Guarded by _gate. Ends when everything is sent; null when nobody waits.
    private TaskCompletionSource? _drained;

    // Guarded by _gate. The task that sends what the network did not take at once.
    private Task _pump = Task.CompletedTask;

    /// <summary>Makes a writer.</summary>
    /// <param name="duplex">Where the bytes go.</param>
    /// <param name="capacity">The bytes that may wait.</param>
    /// <param name="onFailure">Told once when sending fails, on any thread, no lock held.</param>
    public LinkWriter(IDuplex duplex, long capacity, Action<Exception> onFailure)
    {
        _duplex = duplex;
        _capacity = capacity;
        _onFailure = onFailure;
    }

    /// <summary>Gets whether a frame that can wait would be taken at this moment. A hint.</summary>
    public bool HasRoom => Volatile.Read(ref _waiting) < _capacity;

    /// <summary>Gets the number of bytes sent.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Queues a frame. It is not sent before <see cref="Flush"/>.</summary>
    /// <param name="header">The header; its length is the fields' and the payload's together.</param>
    /// <param name="fields">The block of header fields, or nothing.</param>
    /// <param name="payload">The payload, which is copied.</param>
    /// <param name="canWait">Whether the frame is turned away when the queue is full.</param>
    /// <returns>What became of it.</returns>
    public SendOutcome Append(in FrameHeader header, ReadOnlySpan<byte> fields, ReadOnlySpan<byte> payload, bool canWait)
    {
        Span<byte> head = stackalloc byte[FrameHeader.Size];
        header.Write(head);
        var overflows = false;
        lock (_gate)
        {
            if (_isClosed)
            {
                return SendOutcome.Closed;
            }

            var waiting = _filling.Length + _underWay;
            Volatile.Write(ref _waiting, waiting + FrameHeader.Size + fields.Length + payload.Length);
            if (waiting >= _capacity)
            {
                if (canWait)
                {
                    return SendOutcome.Full;
                }

                overflows = waiting + payload.Length > (_capacity * HardLimitFactor) + header.Length;
            }

            if (!overflows)
            {
                _filling.Append(head);
                _filling.Append(fields);
                _filling.Append(payload);
                return SendOutcome.Queued;
            }
        }

        _onFailure(new ProtocolException($"The other side does not read: {_capacity * HardLimitFactor} bytes wait to be sent."));
        return SendOutcome.Closed;
    }

    /// <summary>
    /// Queues a frame with raw segments, which waits when the queue is full. A long one may be queued by reference: whoever calls this
    /// calls <see cref="FlushReferences"/> on the same thread before the segments' owner may change them.
    /// </summary>
    /// <param name="header">The header; its length is that of everything behind it.</param>
    /// <param name="fields">The block of header fields, or nothing.</param>
    /// <param name="payload">The JSON, which is copied.</param>
    /// <param name="segments">The segments.</param>
    /// <returns>What became of it.</returns>
    public SendOutcome Append(
        in FrameHeader header, ReadOnlySpan<byte> fields, ReadOnlySpan<byte> payload, ReadOnlySpan<RawSegment> segments)
    {
        Span<byte> memory = stackalloc byte[RawTable.MaxSize];
        var table = memory[..RawTable.SizeOf(segments.Length)];
        RawTable.Write(segments, table);
        Span<byte> head = stackalloc byte[FrameHeader.Size];
        header.Write(head);
        lock (_gate)
        {
            if (_isClosed)
            {
                return SendOutcome.Closed;
            }

            var waiting = _filling.Length + _underWay;
            if (waiting >= _capacity)
            {
                return SendOutcome.Full;
            }

            _filling.Append(head);
            _filling.Append(fields);
            _filling.Append(table);
            _filling.Append(payload);
            foreach (ref readonly var segment in segments)
            {
                AppendLocked(in segment);
            }

            Volatile.Write(ref _waiting, _filling.Length + _underWay);
            return SendOutcome.Queued;
        }
    }

    /// <summary>
    /// Sends what this thread has queued by reference, and copies what the network does not take at once. Never blocks and never throws.
    /// </summary>
    public void FlushReferences()
    {
        lock (_gate)
        {
            if (_isClosed || _isSending || _filling.ReferenceOwner != Environment.CurrentManagedThreadId)
            {
                return;
            }

            TakeLocked();
        }

        if (!TrySendTaken())
        {
            _sending.CopyReferences();
            Keep(PumpAsync());
        }
    }

    /// <summary>Sends what has gathered, unless somebody does so already. Never blocks and never throws.</summary>
    public void Flush()
    {
        for (var round = 0; TryTakeGathered(); round++)
        {
            if (round == MaxRoundsPerFlush)
            {
                Keep(Task.Run(PumpAsync));
                return;
            }

            if (!TrySendTaken())
            {
                // Sends what it can here, and goes on when the network has room: no thread of the pool is needed for that.
                Keep(PumpAsync());
                return;
            }
        }
    }

    /// <summary>Waits until the queue is at most half full.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when there is room or the link is closed.</returns>
    public Task WaitForRoomAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_isClosed || _filling.Length + _underWay < _capacity)
            {
                return Task.CompletedTask;
            }

            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Gets whether a stream may queue a frame at this moment, so that little waits in front of calls. A hint.</summary>
    public bool HasStreamRoom => Volatile.Read(ref _waiting) < Math.Min(MaxStreamRoom, _capacity / 2);

    /// <summary>Waits until streams have room.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when there is room or the link is closed.</returns>
    public Task WaitForStreamRoomAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_isClosed || HasStreamRoom)
            {
                return Task.CompletedTask;
            }

            _streamRoom ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _streamRoom.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Waits until everything queued so far is sent.</summary>
    /// <returns>A task that ends when that is so or the writer is closed.</returns>
    public Task WaitUntilSentAsync()
    {
        lock (_gate)
        {
            if (_isClosed || (!_isSending && _filling.Length == 0))
            {
                return Task.CompletedTask;
            }

            _drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _drained.Task;
        }
    }

    /// <summary>Takes no more frames and forgets those that wait. The duplex is disposed before.</summary>
    /// <returns>A task that ends when nothing is being sent any more.</returns>
    public Task CloseAsync()
    {
        lock (_gate)
        {
            if (!_isClosed)
            {
                _isClosed = true;
                _filling.Clear();
                SignalLocked();
            }

            return _pump;
        }
    }

    private void AppendLocked(in RawSegment segment)
    {
        // One owner at a time: what another one takes to send, it copies first.
        var self = Environment.CurrentManagedThreadId;
        if (segment.Length >= MinReferenced
            && segment.Source is byte[] bytes
            && !_isSending
            && (_filling.ReferenceOwner == 0 || _filling.ReferenceOwner == self))
        {
            _filling.AppendReference(new ArraySegment<byte>(bytes, segment.Start, segment.Length), self);
        }
        else
        {
            _filling.Append(segment.Bytes);
        }
    }

    private bool TryTakeGathered()
    {
        lock (_gate)
        {
            if (_isSending || _isClosed || _filling.Length == 0)
            {
                return false;
            }

            _filling.CopyReferences();
            TakeLocked();
            return true;
        }
    }

    private void TakeLocked()
    {
        (_filling, _sending) = (_sending, _filling);
        _underWay = _sending.Length;
        _isSending = true;
    }

    /// <summary>Sends what was taken as far as the network takes it at once.</summary>
    /// <returns>False when some is left; the sender is then still the caller.</returns>
    private bool TrySendTaken()
    {
        try
        {
            while (_sending.Length > 0)
            {
                var sent = _duplex.TrySend(_sending.Segments);
                if (sent == 0)
                {
                    return false;
                }

                _sending.Consume(sent);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            Fail(exception);
            return true;
        }

        FinishSending(hasSent: true);
        return true;
    }

    private void Keep(Task pump)
    {
        lock (_gate)
        {
            _pump = pump;
        }
    }

    private async Task PumpAsync()
    {
        try
        {
            do
            {
                await _duplex.SendAsync(_sending.Segments, CancellationToken.None).ConfigureAwait(false);
                FinishSending(hasSent: true);
            }
            while (TryTakeGathered());
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            Fail(exception);
        }
    }

    /// <summary>Ends a send.</summary>
    /// <param name="hasSent">Whether all that was taken is sent; else what is left in the queue is not.</param>
    private void FinishSending(bool hasSent)
    {
        lock (_gate)
        {
            Volatile.Write(ref _bytes, _bytes + (hasSent ? _underWay : _underWay - _sending.Length));
            _sending.Clear();
            _underWay = 0;
            Volatile.Write(ref _waiting, _filling.Length);
            _isSending = false;
            SignalLocked();
        }
    }

    private void SignalLocked()
    {
        if (_room is not null && (_isClosed || _filling.Length <= _capacity / 2))
        {
            _room.SetResult();
            _room = null;
        }

        if (_streamRoom is not null && (_isClosed || HasStreamRoom))
        {
            _streamRoom.SetResult();
            _streamRoom = null;
        }

        if (_drained is not null && (_isClosed || _filling.Length == 0))
        {
            _drained.SetResult();
            _drained = null;
        }
    }

    private void Fail(Exception exception)
    {
        FinishSending(hasSent: false);
        _onFailure(exception);
    }
}
