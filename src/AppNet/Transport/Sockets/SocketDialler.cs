using System.Net;
using System.Net.Sockets;

namespace AppNet.Transport;

/// <summary>Connects a socket.</summary>
internal static class SocketDialler
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(5);

    /// <summary>
    /// Connects within this host without the runtime's poll set, which a socket never leaves again (see
    /// <see cref="SocketDuplex"/>). Such a connect completes inside the system call or never needs more than a moment.
    /// </summary>
    /// <param name="endPoint">Where to, on this host.</param>
    /// <param name="protocol">The protocol.</param>
    /// <returns>The connected socket; null when it takes longer, as the other side's queue is full.</returns>
    /// <exception cref="SocketException">It failed.</exception>
    public static Socket? TryConnectAtOnce(EndPoint endPoint, ProtocolType protocol)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, protocol) { Blocking = false };
        try
        {
            if (!Connect(socket, endPoint))
            {
                socket.Dispose();
                return null;
            }

            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Connects, waiting as long as the system or the token allows.</summary>
    /// <param name="endPoint">Where to.</param>
    /// <param name="protocol">The protocol.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The connected socket.</returns>
    /// <exception cref="SocketException">It failed.</exception>
    public static async Task<Socket> ConnectAsync(EndPoint endPoint, ProtocolType protocol, CancellationToken cancellationToken)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, protocol);
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool Connect(Socket socket, EndPoint endPoint)
    {
        try
        {
            socket.Connect(endPoint);
            return true;
        }
        catch (SocketException pending) when (pending.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            // A Unix socket is connected at once or not at all.
            if (endPoint.AddressFamily == AddressFamily.Unix || !socket.Poll(AtOnce, SelectMode.SelectWrite))
            {
                return false;
            }
        }

        int error = (int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!;
        return error == 0 ? true : throw new SocketException(error);
    }
}
