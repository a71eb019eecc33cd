using System.Diagnostics.CodeAnalysis;

namespace AppNet.Transport;

/// <summary>
/// A bounded queue of bytes from one writer to one reader. Its array grows as needed up to the bound, so that an idle path
/// costs little. Either side may leave from any thread.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "The event holds nothing as long as nobody asks for its handle.")]
internal sealed class BytePipe
{
    /// <summary>How many bytes it holds at most.</summary>
    public const int Capacity = 256 * 1024;

    private const int InitialSize = 4 * 1024;

    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _readable = new();

    // All guarded by _gate.
    private byte[] _ring = [];
    private int _start;
    private int _count;
    private bool _ended;
    private bool _readerGone;
    private bool _writerGone;
    private TaskCompletionSource? _readWaiter;
    private TaskCompletionSource? _writeWaiter;

    private bool IsReadableLocked => _count > 0 || _ended || _readerGone;

    /// <summary>Takes bytes out, blocking for at most <paramref name="timeout"/>.</summary>
    /// <param name="buffer">Where they go.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <returns>Their number; 0 at the end; -1 when nothing came in time.</returns>
    public int Read(Span<byte> buffer, TimeSpan timeout)
    {
        while (true)
        {
            lock (_gate)
            {
                if (IsReadableLocked)
                {
                    return ReadLocked(buffer);
                }
            }

            if (timeout == TimeSpan.Zero || !_readable.Wait(RoundUp(timeout)))
            {
                return -1;
            }
        }
    }

    /// <summary>Takes bytes out, waiting for some.</summary>
    /// <param name="buffer">Where they go; when empty, it only waits.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Their number; 0 at the end.</returns>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (true)
        {
            Task readable;
            lock (_gate)
            {
                if (IsReadableLocked)
                {
                    return ReadLocked(buffer.Span);
                }

                _readWaiter ??= NewWaiter();
                readable = _readWaiter.Task;
            }

            await readable.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Puts in as many bytes as fit.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <returns>How many fit.</returns>
    /// <exception cref="IOException">The reader is gone, or this side's sending has ended.</exception>
    public int Write(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            ThrowIfNotWritableLocked();
            int taken = Math.Min(bytes.Length, Capacity - _count);
            if (taken > 0)
            {
                WriteLocked(bytes[..taken]);
                WakeReaderLocked();
            }

            return taken;
        }
    }

    /// <summary>Waits until something fits, or the pipe is of no more use.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends then; what happened, the next <see cref="Write"/> says.</returns>
    public async ValueTask WaitForRoomAsync(CancellationToken cancellationToken)
    {
        Task room;
        lock (_gate)
        {
            if (_count < Capacity || _ended || _readerGone)
            {
                return;
            }

            _writeWaiter ??= NewWaiter();
            room = _writeWaiter.Task;
        }

        await room.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends the writing: the reader gets what is in the pipe, then 0.</summary>
    public void EndWriting()
    {
        lock (_gate)
        {
            _ended = true;
            WakeReaderLocked();
            WakeWriterLocked();
        }
    }

    /// <summary>One side leaves. Its own operations fail from now on; the other's see the end, or fail.</summary>
    /// <param name="byReader">Whether it is the reader.</param>
    public void Abandon(bool byReader)
    {
        lock (_gate)
        {
            if (byReader)
            {
                _readerGone = true;
                _ring = [];
                _count = 0;
            }
            else
            {
                _writerGone = true;
                _ended = true;
            }

            WakeReaderLocked();
            WakeWriterLocked();
        }
    }

    private static TimeSpan RoundUp(TimeSpan wait) =>
        wait < TimeSpan.Zero ? wait : TimeSpan.FromMilliseconds(Math.Min(Math.Ceiling(wait.TotalMilliseconds), int.MaxValue));

    // Whoever waits runs on in the pool, never under the lock of the one who wakes it.
    private static TaskCompletionSource NewWaiter() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private int ReadLocked(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_readerGone, typeof(MemoryDuplex));
        int taken = Math.Min(buffer.Length, _count);
        int untilWrap = Math.Min(taken, _ring.Length - _start);
        _ring.AsSpan(_start, untilWrap).CopyTo(buffer);
        _ring.AsSpan(0, taken - untilWrap).CopyTo(buffer[untilWrap..]);
        _count -= taken;
        _start = _count == 0 ? 0 : (_start + taken) % _ring.Length;
        if (!IsReadableLocked)
        {
            _readable.Reset();
        }

        WakeWriterLocked();
        return taken;
    }

    private void WriteLocked(ReadOnlySpan<byte> bytes)
    {
        if (_count + bytes.Length > _ring.Length)
        {
            GrowLocked(_count + bytes.Length);
        }

        int end = (_start + _count) % _ring.Length;
        int untilWrap = Math.Min(bytes.Length, _ring.Length - end);
        bytes[..untilWrap].CopyTo(_ring.AsSpan(end));
        bytes[untilWrap..].CopyTo(_ring);
        _count += bytes.Length;
    }

    private void GrowLocked(int needed)
    {
        int size = Math.Max(_ring.Length, InitialSize);
        while (size < needed)
        {
            size *= 2;
        }

        byte[] larger = new byte[size];
        int untilWrap = Math.Min(_count, _ring.Length - _start);
        _ring.AsSpan(_start, untilWrap).CopyTo(larger);
        _ring.AsSpan(0, _count - untilWrap).CopyTo(larger.AsSpan(untilWrap));
        _ring = larger;
        _start = 0;
    }

    private void ThrowIfNotWritableLocked()
    {
        ObjectDisposedException.ThrowIf(_writerGone, typeof(MemoryDuplex));
        if (_readerGone)
        {
            throw new IOException("Sending failed: the other side has ended the connection.");
        }

        if (_ended)
        {
            throw new IOException("Sending failed: this side has ended its sending.");
        }
    }

    private void WakeReaderLocked()
    {
        _readable.Set();
        _readWaiter?.TrySetResult();
        _readWaiter = null;
    }

    private void WakeWriterLocked()
    {
        _writeWaiter?.TrySetResult();
        _writeWaiter = null;
    }
}
