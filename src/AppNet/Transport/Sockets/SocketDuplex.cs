using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace AppNet.Transport;

/// <summary>
/// A duplex over a connected stream socket in non-blocking mode.
/// </summary>
/// <remarks>
/// The mode is set by hand because .NET then hands each synchronous call straight to the system, also after an
/// asynchronous one; on a blocking socket the first asynchronous call turns the later synchronous ones into emulated
/// waits. An asynchronous wait of .NET's would still enter the socket into the runtime's poll set for good, after which
/// each arrival also wakes the runtime's socket thread and one of the pool (docs/performance.md): so waits go over
/// <see cref="SocketReadiness"/>, and bytes are received and sent by synchronous calls that don't wait.
/// </remarks>
internal sealed class SocketDuplex : IDuplex
{
    private static readonly TimeSpan LongestPoll = TimeSpan.FromMinutes(30);

    private readonly Socket _socket;
    private readonly SocketReadiness _readiness;
    private readonly SendCursor _cursor = new();

    // The sign bit says disposed, the rest counts the waits under way. Whoever takes it to "disposed, none" closes the
    // socket: closing it under a wait would make .NET reset the connection, and the other side lose what we sent last.
    private int _state;

    /// <summary>Takes over a connected socket.</summary>
    /// <param name="socket">The socket, from now on owned by this object.</param>
    /// <param name="info">What is known of the other end.</param>
    public SocketDuplex(Socket socket, DuplexInfo info)
    {
        socket.Blocking = false;
        _socket = socket;
        _readiness = new SocketReadiness(socket);
        Info = info;
    }

    /// <inheritdoc/>
    public DuplexInfo Info { get; }

    private bool IsDisposed => Volatile.Read(ref _state) < 0;

    /// <inheritdoc/>
    public int Receive(Span<byte> buffer, TimeSpan timeout)
    {
        while (true)
        {
            int received = _socket.Receive(buffer, SocketFlags.None, out SocketError error);
            if (error == SocketError.Success)
            {
                return Received(received);
            }

            if (error != SocketError.WouldBlock)
            {
                throw Failed("Receiving from", new SocketException((int)error));
            }

            if (timeout == TimeSpan.Zero)
            {
                return -1;
            }

            timeout = WaitReadable(timeout);
        }
    }

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        EnterWait();
        try
        {
            if (buffer.IsEmpty)
            {
                await _readiness.WaitReadableAsync(cancellationToken).ConfigureAwait(false);
                return Received(0);
            }

            while (true)
            {
                int received = Receive(buffer.Span, TimeSpan.Zero);
                if (received >= 0)
                {
                    return received;
                }

                await _readiness.WaitReadableAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (SocketException failure)
        {
            throw Failed("Receiving from", failure);
        }
        finally
        {
            LeaveWait();
        }
    }

    /// <inheritdoc/>
    public int TrySend(List<ArraySegment<byte>> buffers)
    {
        if (buffers.Count <= SendCursor.WindowSize)
        {
            return TrySendWindow(buffers);
        }

        _cursor.Begin(buffers);
        try
        {
            int total = 0;
            while (SendNextWindow(ref total))
            {
            }

            return total;
        }
        finally
        {
            _cursor.End();
        }
    }

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SendAsync(List<ArraySegment<byte>> buffers, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        EnterWait();
        _cursor.Begin(buffers);
        try
        {
            int total = 0;
            while (true)
            {
                while (SendNextWindow(ref total))
                {
                }

                var window = _cursor.NextWindow();
                if (window.Count == 0)
                {
                    return;
                }

                if (_readiness.CanWaitWritable)
                {
                    await _readiness.WaitWritableAsync(cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    _cursor.Advance(await _socket.SendAsync(window[0].AsMemory(), SocketFlags.None, cancellationToken).ConfigureAwait(false));
                }
            }
        }
        catch (SocketException failure)
        {
            throw Failed("Sending to", failure);
        }
        finally
        {
            _cursor.End();
            LeaveWait();
        }
    }

    /// <inheritdoc/>
    public void CompleteSending() => TryShutdown(SocketShutdown.Send);

    /// <inheritdoc/>
    public void Dispose()
    {
        int before = Interlocked.Or(ref _state, int.MinValue);
        if (before < 0)
        {
            return;
        }

        // Wakes every wait; the last of them closes the socket.
        bool woken = TryShutdown(SocketShutdown.Both);
        if (before == 0)
        {
            Close();
        }
        else if (!woken)
        {
            // The path had failed before, which wakes a poll as well; a wait of our own is ended here.
            _readiness.Dispose();
        }
    }

    private int Received(int count)
    {
        // Our own shutdown lets a wait end as though the other side had ended.
        ObjectDisposedException.ThrowIf(count == 0 && IsDisposed, this);
        return count;
    }

    private TimeSpan WaitReadable(TimeSpan timeout)
    {
        var slice = timeout == Timeout.InfiniteTimeSpan || timeout > LongestPoll ? LongestPoll : timeout;
        EnterWait();
        try
        {
            bool readable = _socket.Poll(RoundUp(slice), SelectMode.SelectRead);
            return readable || timeout == Timeout.InfiniteTimeSpan ? timeout : timeout - slice;
        }
        catch (SocketException failure)
        {
            throw Failed("Receiving from", failure);
        }
        finally
        {
            LeaveWait();
        }
    }

    // The system waits in milliseconds, and .NET rounds down: half a millisecond would be no wait at all.
    private static TimeSpan RoundUp(TimeSpan wait) => TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));

    private bool SendNextWindow(ref int total)
    {
        var window = _cursor.NextWindow();
        if (window.Count == 0)
        {
            return false;
        }

        int size = 0;
        foreach (var buffer in window)
        {
            size += buffer.Count;
        }

        int sent = TrySendWindow(window);
        _cursor.Advance(sent);
        total += sent;
        return sent == size;
    }

    private int TrySendWindow(List<ArraySegment<byte>> buffers)
    {
        SocketError error = SocketError.Success;
        int sent = buffers.Count switch
        {
            0 => 0,
            1 => _socket.Send(buffers[0].AsSpan(), SocketFlags.None, out error),
            _ => _socket.Send(buffers, SocketFlags.None, out error),
        };
        return error switch
        {
            SocketError.Success => sent,
            SocketError.WouldBlock => 0,
            _ => throw Failed("Sending to", new SocketException((int)error)),
        };
    }

    private bool TryShutdown(SocketShutdown how)
    {
        try
        {
            _socket.Shutdown(how);
            return true;
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    private void EnterWait()
    {
        if (Interlocked.Increment(ref _state) < 0)
        {
            LeaveWait();
            throw new ObjectDisposedException(nameof(SocketDuplex));
        }
    }

    private void LeaveWait()
    {
        if (Interlocked.Decrement(ref _state) == int.MinValue)
        {
            Close();
        }
    }

    private void Close()
    {
        _readiness.Dispose();
        _socket.Dispose();
    }

    private Exception Failed(string what, SocketException failure) =>
        IsDisposed ? new ObjectDisposedException(nameof(SocketDuplex), failure) : SocketFailure.OfTransfer(what, Info.Remote, failure);
}
