using System.Diagnostics.CodeAnalysis;
using AppNet.Transport;

namespace AppNet.TestKit;

/// <summary>A duplex on whose way bytes meet what the test decides, separately for each direction.</summary>
internal sealed class FaultyDuplex : IDuplex
{
    private const int ScratchSize = 4096;

    // A thread that blocks below looks up now and then whether the test has changed its mind.
    private static readonly TimeSpan LookUp = TimeSpan.FromMilliseconds(5);

    private readonly IDuplex _inner;
    private readonly byte[] _scratch = new byte[ScratchSize];
    private readonly SendCursor _cursor = new();
    private byte[] _heldBack = [];
    private bool _endReached;
    private volatile bool _broken;
    private volatile bool _disposed;

    /// <summary>Puts itself before a duplex.</summary>
    /// <param name="inner">The duplex, from now on its own.</param>
    /// <param name="seed">Where its chance begins.</param>
    /// <param name="isDialled">Whether this side connected.</param>
    public FaultyDuplex(IDuplex inner, int seed, bool isDialled)
    {
        _inner = inner;
        IsDialled = isDialled;
        Sending = new FaultyDirection(seed);
        Receiving = new FaultyDirection(seed + 1);
    }

    /// <summary>Gets what happens to bytes that this side sends.</summary>
    public FaultyDirection Sending { get; }

    /// <summary>Gets what happens to bytes that this side receives.</summary>
    public FaultyDirection Receiving { get; }

    /// <summary>Gets whether this side connected, rather than accepted.</summary>
    public bool IsDialled { get; }

    /// <summary>Gets whether this side has let go of it.</summary>
    public bool IsDisposed => _disposed;

    /// <inheritdoc/>
    public DuplexInfo Info => _inner.Info;

    /// <summary>Breaks the path: this side's operations fail, the other side sees its end.</summary>
    public void Break()
    {
        _broken = true;
        Sending.Fail();
        Receiving.Fail();
        _inner.Dispose();
    }

    /// <inheritdoc/>
    public int Receive(Span<byte> buffer, TimeSpan timeout)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var left = timeout == Timeout.InfiniteTimeSpan ? LookUp : timeout - TimeProvider.System.GetElapsedTime(start);
            var wait = left < TimeSpan.Zero ? TimeSpan.Zero : left < LookUp ? left : LookUp;
            int? delivered = ReceiveOnce(buffer, wait);
            if (delivered is { } count)
            {
                return count;
            }

            if (timeout != Timeout.InfiniteTimeSpan && TimeProvider.System.GetElapsedTime(start) >= timeout)
            {
                return -1;
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = Receiving.Changed;
            var changedToken = Receiving.ChangedToken;
            var mode = Receiving.Mode;
            ThrowIfFailing(mode);
            if (HasHeldBack(mode))
            {
                return buffer.IsEmpty ? 0 : DeliverHeldBack(buffer.Span);
            }

            if (mode == FaultMode.Hold)
            {
                await changed.WaitAsync(cancellationToken);
            }
            else if (await ReceiveOnceAsync(mode, buffer, changedToken, cancellationToken) is { } delivered)
            {
                return delivered;
            }
        }
    }

    /// <inheritdoc/>
    public int TrySend(List<ArraySegment<byte>> buffers)
    {
        int total = 0;
        _cursor.Begin(buffers);
        try
        {
            while (_cursor.NextWindow() is { Count: > 0 } window)
            {
                int sent = SendPiece(window[0]);
                if (sent == 0)
                {
                    break;
                }

                _cursor.Advance(sent);
                total += sent;
            }

            return total;
        }
        finally
        {
            _cursor.End();
        }
    }

    /// <inheritdoc/>
    public async ValueTask SendAsync(List<ArraySegment<byte>> buffers, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _cursor.Begin(buffers);
        try
        {
            while (_cursor.NextWindow() is { Count: > 0 } window)
            {
                var changed = Sending.Changed;
                int sent = SendPiece(window[0]);
                if (sent == 0 && Sending.Mode == FaultMode.Hold)
                {
                    await changed.WaitAsync(cancellationToken);
                }
                else if (sent == 0)
                {
                    sent = await SendOneByteAsync(window[0], cancellationToken);
                }

                _cursor.Advance(sent);
            }
        }
        finally
        {
            _cursor.End();
        }
    }

    /// <inheritdoc/>
    public void CompleteSending()
    {
        if (Sending.Mode == FaultMode.Pass)
        {
            _inner.CompleteSending();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        _inner.Dispose();
        Receiving.Fail();
        Sending.Fail();
    }

    /// <summary>Returns what a failure message should say of it.</summary>
    /// <returns>The other end, and each direction's mode and count.</returns>
    public override string ToString() =>
        $"{(IsDialled ? "dialled" : "accepted")} {Info.Remote}: sent {Sending.Passed} ({Sending.Mode}), "
        + $"received {Receiving.Passed} ({Receiving.Mode}){(_broken ? ", broken" : string.Empty)}{(_disposed ? ", disposed" : string.Empty)}";

    [SuppressMessage("Usage", "VSTHRD002", Justification = "The caller asked to block; nobody needs this thread to go on.")]
    private int? ReceiveOnce(Span<byte> buffer, TimeSpan wait)
    {
        var changed = Receiving.Changed;
        var mode = Receiving.Mode;
        ThrowIfFailing(mode);
        if (HasHeldBack(mode))
        {
            return DeliverHeldBack(buffer);
        }

        if (mode == FaultMode.Hold)
        {
            changed.Wait(wait);
            return null;
        }

        var into = buffer[..Receiving.NextPiece(buffer.Length)];
        try
        {
            int count = _inner.Receive(into, wait);
            return count < 0 ? null : Deliver(into[..count]);
        }
        catch (ObjectDisposedException) when (_broken && !_disposed)
        {
            throw Broken();
        }
    }

    private async Task<int?> ReceiveOnceAsync(
        FaultMode mode, Memory<byte> buffer, CancellationToken changedToken, CancellationToken cancellationToken)
    {
        // With an empty buffer bytes that drop have to be taken all the same, or the wait would never end.
        bool intoScratch = buffer.IsEmpty && mode == FaultMode.Drop;
        var into = intoScratch ? _scratch : buffer.IsEmpty ? buffer : buffer[..Receiving.NextPiece(buffer.Length)];
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, changedToken);
        try
        {
            int count = await _inner.ReceiveAsync(into, either.Token);
            if (into.IsEmpty)
            {
                return Receiving.Mode == FaultMode.Pass ? 0 : null;
            }

            int? delivered = Deliver(into.Span[..count]);
            if (intoScratch && delivered is not null)
            {
                _heldBack = into[..count].ToArray();
                _endReached |= count == 0;
                return 0;
            }

            return delivered;
        }
        catch (ObjectDisposedException) when (_broken && !_disposed)
        {
            throw Broken();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    // What arrived while the mode changed follows the new mode.
    private int? Deliver(ReadOnlySpan<byte> arrived)
    {
        var mode = Receiving.Mode;
        ThrowIfFailing(mode);
        switch (mode)
        {
            case FaultMode.Drop when arrived.Length > 0:
                return null;
            case FaultMode.Hold:
                _heldBack = arrived.ToArray();
                _endReached |= arrived.IsEmpty;
                return null;
            default:
                CountReceived(arrived.Length);
                return arrived.Length;
        }
    }

    private bool HasHeldBack(FaultMode mode)
    {
        if (mode == FaultMode.Drop)
        {
            _heldBack = [];
        }

        return mode != FaultMode.Hold && (_heldBack.Length > 0 || _endReached);
    }

    private int DeliverHeldBack(Span<byte> buffer)
    {
        if (_heldBack.Length == 0)
        {
            return 0;
        }

        int count = Receiving.NextPiece(Math.Min(buffer.Length, _heldBack.Length));
        _heldBack.AsSpan(0, count).CopyTo(buffer);
        _heldBack = _heldBack[count..];
        CountReceived(count);
        return count;
    }

    private void CountReceived(int count)
    {
        if (Receiving.Count(count))
        {
            Break();
        }
    }

    private int SendPiece(ArraySegment<byte> buffer)
    {
        var mode = Sending.Mode;
        ThrowIfFailing(mode);
        if (mode == FaultMode.Hold)
        {
            return 0;
        }

        if (mode == FaultMode.Drop)
        {
            return buffer.Count;
        }

        try
        {
            return Sent(_inner.TrySend([buffer[..Sending.NextPiece(buffer.Count)]]));
        }
        catch (ObjectDisposedException) when (_broken && !_disposed)
        {
            throw Broken();
        }
    }

    private async Task<int> SendOneByteAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            await _inner.SendAsync([buffer[..Sending.NextPiece(1)]], cancellationToken);
        }
        catch (ObjectDisposedException) when (_broken && !_disposed)
        {
            throw Broken();
        }

        return Sent(1);
    }

    private int Sent(int count)
    {
        if (Sending.Count(count))
        {
            Break();
        }

        return count;
    }

    private void ThrowIfFailing(FaultMode mode)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (mode == FaultMode.Fail)
        {
            throw Broken();
        }
    }

    private IOException Broken() => new($"The test broke the path to {Info.Remote}.");
}
