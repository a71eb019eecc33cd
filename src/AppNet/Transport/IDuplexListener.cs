namespace AppNet.Transport;

/// <summary>Takes what others connect. Disposing it ends a waiting <see cref="AcceptAsync"/>.</summary>
internal interface IDuplexListener : IDisposable
{
    /// <summary>Gets where it listens; the port is the one in use, never 0.</summary>
    TransportAddress Address { get; }

    /// <summary>
    /// Waits for the next one to connect. Not called concurrently. What concerns one connection only (it was reset before
    /// it was taken, it came from another user) is handled inside and does not end the listener.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The duplex.</returns>
    /// <exception cref="ObjectDisposedException">The listener is disposed.</exception>
    /// <exception cref="IOException">
    /// Listening failed, as when the process has no file to spare; it may be tried again after a while.
    /// </exception>
    ValueTask<IDuplex> AcceptAsync(CancellationToken cancellationToken);
}
