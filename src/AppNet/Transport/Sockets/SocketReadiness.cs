using System.Net.Sockets;

namespace AppNet.Transport;

/// <summary>
/// Waits until one socket can be read or written: at most one wait of each kind at a time. Where there is no
/// <see cref="ReadinessLoop"/>, the runtime's own waits are used.
/// </summary>
internal sealed class SocketReadiness : IDisposable
{
    private readonly Socket _socket;
    private readonly ReadinessLoop? _loop;
    private readonly long _key;
    private readonly Lock _gate = new();
    private readonly ReadinessWait _read = new(endsOnPool: true);

    // What waits for room sends without blocking and runs no user code: it may go on on the loop's thread, and so needs none of the pool.
    private readonly ReadinessWait _write = new(endsOnPool: false);

    // Guarded by _gate. What is waited for.
    private uint _wanted;

    // Guarded by _gate.
    private bool _isKnown;

    // Guarded by _gate. Set before the socket is closed: its descriptor may soon be another's.
    private bool _isClosed;

    /// <summary>Makes it; nothing is asked of the system yet.</summary>
    /// <param name="socket">The socket, which stays open while a wait is under way.</param>
    public SocketReadiness(Socket socket)
    {
        _socket = socket;
        _loop = ReadinessLoop.Shared;
        _key = _loop?.Add(this) ?? 0;
    }

    /// <summary>Gets whether one can wait for room; else only a send itself can wait.</summary>
    public bool CanWaitWritable => _loop is not null;

    /// <summary>Waits until a receive would not wait: for bytes, the end or a failure.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends then, on a thread of the pool.</returns>
    public ValueTask WaitReadableAsync(CancellationToken cancellationToken) =>
        _loop is null ? RuntimeReadAsync(cancellationToken) : WaitAsync(_read, Epoll.Readable, cancellationToken);

    /// <summary>Waits until a send would not wait: for room or a failure. Only where <see cref="CanWaitWritable"/>.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends then, on the loop's thread.</returns>
    public ValueTask WaitWritableAsync(CancellationToken cancellationToken) => WaitAsync(_write, Epoll.Writable, cancellationToken);

    /// <summary>Takes note of what happened. On the loop's thread.</summary>
    /// <param name="events">What happened.</param>
    public void OnEvents(uint events)
    {
        var isBroken = (events & Epoll.Broken) != 0;
        var canRead = isBroken || (events & Epoll.Readable) != 0;
        var canWrite = isBroken || (events & Epoll.Writable) != 0;
        lock (_gate)
        {
            _wanted &= ~((canRead ? Epoll.Readable : 0) | (canWrite ? Epoll.Writable : 0));
            if (_wanted != 0 && !_isClosed && !TryArmLocked())
            {
                canRead = canWrite = true;
            }
        }

        if (canRead)
        {
            _read.End();
        }

        if (canWrite)
        {
            _write.End();
        }
    }

    /// <summary>Ends the waits and forgets the socket.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
        }

        _loop?.Remove(_key);
        _read.End();
        _write.End();
    }

    private ValueTask WaitAsync(ReadinessWait wait, uint events, CancellationToken cancellationToken)
    {
        var task = wait.BeginAsync(cancellationToken);
        lock (_gate)
        {
            _wanted |= events;
            if (!_isClosed && TryArmLocked())
            {
                return task;
            }
        }

        // The receive or the send that follows says what is wrong.
        wait.End();
        return task;
    }

    private bool TryArmLocked()
    {
        try
        {
            _loop!.Arm((int)_socket.Handle, isNew: !_isKnown, _wanted, _key);
            _isKnown = true;
            return true;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    private async ValueTask RuntimeReadAsync(CancellationToken cancellationToken) =>
        _ = await _socket.ReceiveAsync(Memory<byte>.Empty, SocketFlags.None, cancellationToken).ConfigureAwait(false);
}
