namespace AppNet.Transport;

/// <summary>
/// One two-way path of bytes between two peers, in order and without loss until it ends. It knows no frames.
/// </summary>
/// <remarks>
/// At most one receive and at most one send are under way at any time; a receive and a send may overlap. Every blocking
/// or waiting operation ends when the duplex is disposed, which may happen at any time, from any thread, more than once.
/// An operation that fails because the path is gone throws <see cref="IOException"/>; after disposal it throws that or
/// <see cref="ObjectDisposedException"/>.
/// </remarks>
internal interface IDuplex : IDisposable
{
    /// <summary>Gets what is known of the other end, for logs and for the policy on who may connect.</summary>
    DuplexInfo Info { get; }

    /// <summary>Receives what has arrived, blocking the thread for at most <paramref name="timeout"/>.</summary>
    /// <param name="buffer">Where the bytes go; not empty.</param>
    /// <param name="timeout">
    /// How long to wait: zero not at all, <see cref="Timeout.InfiniteTimeSpan"/> without end; rounded up to milliseconds.
    /// </param>
    /// <returns>The number of bytes; 0: the other side has ended; -1: nothing arrived in time.</returns>
    int Receive(Span<byte> buffer, TimeSpan timeout);

    /// <summary>
    /// Receives what has arrived, or waits for something to arrive. With an empty buffer it waits until a receive would
    /// not wait (bytes, end, or failure) and returns 0, so that an idle link holds no buffer; a failure is thrown here or by
    /// the next receive. It may be called between
    /// calls of <see cref="Receive"/>, and completes on a thread of the pool.
    /// </summary>
    /// <param name="buffer">Where the bytes go; may be empty.</param>
    /// <param name="cancellationToken">Ends the wait; the duplex stays usable.</param>
    /// <returns>The number of bytes; 0: the other side has ended (or the buffer is empty).</returns>
    /// <exception cref="IOException">The path is gone.</exception>
    ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>Sends as much as is taken at once, in order, and never blocks.</summary>
    /// <param name="buffers">What to send, gathered into as few system calls as possible; none has a null array.</param>
    /// <returns>The number of bytes taken; 0 when none can be.</returns>
    int TrySend(List<ArraySegment<byte>> buffers);

    /// <summary>Sends everything, waiting as long as it takes.</summary>
    /// <param name="buffers">What to send. The list and the arrays stay untouched until the task ends.</param>
    /// <param name="cancellationToken">Ends the wait; how much was sent is then unknown, so the duplex is of no more use.</param>
    /// <returns>A task that ends when all bytes are handed over.</returns>
    ValueTask SendAsync(List<ArraySegment<byte>> buffers, CancellationToken cancellationToken);

    /// <summary>
    /// Ends this side's sending: the other side receives 0 after the last byte. Receiving goes on. Where the path is gone
    /// already it does nothing.
    /// </summary>
    void CompleteSending();
}
