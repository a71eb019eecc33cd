using System.Net.Sockets;

namespace AppNet.Transport;

/// <summary>Takes connections from a listening socket, whatever its family.</summary>
/// <param name="socket">The listening socket, from now on owned by this object.</param>
/// <param name="address">Where it listens.</param>
/// <param name="admit">
/// Makes a duplex of an accepted socket, or returns null after disposing the socket when its other end is not wanted. It
/// may throw <see cref="SocketException"/>, as the other side may be gone already.
/// </param>
/// <param name="closing">Runs once, before the socket is closed, while nobody else can have taken its place.</param>
internal sealed class SocketListener(
    Socket socket, TransportAddress address, Func<Socket, SocketDuplex?> admit, Action? closing = null) : IDuplexListener
{
    /// <summary>How many connections may wait to be accepted. The system may allow fewer.</summary>
    public const int Backlog = 512;

    private int _disposed;

    /// <inheritdoc/>
    public TransportAddress Address => address;

    /// <inheritdoc/>
    public async ValueTask<IDuplex> AcceptAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            ObjectDisposedException.ThrowIf(_disposed != 0, this);
            try
            {
                var accepted = await socket.AcceptAsync(cancellationToken).ConfigureAwait(false);
                if (Admit(accepted) is { } duplex)
                {
                    return duplex;
                }
            }
            catch (SocketException failure) when (_disposed != 0)
            {
                throw new ObjectDisposedException(nameof(SocketListener), failure);
            }
            catch (SocketException failure) when (ConcernsOneConnection(failure.SocketErrorCode))
            {
                // It was gone before it was taken; the next one need not be.
            }
            catch (SocketException failure)
            {
                // Such as a process that has no file to spare: the connection stays in the system's queue, so that it can be tried again.
                throw new IOException($"Listening at {address} failed: {failure.Message}.", failure);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            closing?.Invoke();
            socket.Dispose();
        }
    }

    private SocketDuplex? Admit(Socket accepted)
    {
        try
        {
            return admit(accepted);
        }
        catch (SocketException)
        {
            accepted.Dispose();
            return null;
        }
    }

    // Linux hands network errors pending on the new socket out of accept.
    private static bool ConcernsOneConnection(SocketError error) => error
        is SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.ProtocolType or SocketError.ProtocolOption
        or SocketError.NetworkDown or SocketError.NetworkUnreachable or SocketError.HostDown or SocketError.HostUnreachable
        or SocketError.TimedOut or SocketError.Interrupted;
}
