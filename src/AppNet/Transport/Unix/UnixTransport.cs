using System.Net.Sockets;

namespace AppNet.Transport;

/// <summary>
/// Brings bytes over Unix domain sockets. The address' host is the path of a file in an existing folder. The file is open
/// to its owner only, and where the system tells whose process is at the other end (Linux), no other user's is spoken with,
/// not even root's.
/// </summary>
internal sealed class UnixTransport : ITransport
{
    /// <summary>The name in addresses.</summary>
    public const string TransportName = "unix";

    // A listener whose queue is full refuses at once; it is tried again for as long as a busy process may need.
    private static readonly TimeSpan QueueFullPause = TimeSpan.FromMilliseconds(10);
    private const int QueueFullAttempts = 500;

    /// <summary>
    /// Gets whether this system has them, and where it vouches for the user at the other end, whether our own is known.
    /// </summary>
    public static bool IsSupported => Socket.OSSupportsUnixDomainSockets && PeerCredential.CanJudge;

    /// <inheritdoc/>
    public string Name => TransportName;

    /// <inheritdoc/>
    public IDuplexListener Listen(TransportAddress address)
    {
        ThrowIfUnsupported();
        var bound = address with { Transport = TransportName, Port = 0 };
        var socket = SocketFile.Listen(bound);
        return new SocketListener(socket, bound, accepted => Admit(accepted, bound), () => SocketFile.Remove(bound.Host));
    }

    /// <inheritdoc/>
    public async ValueTask<IDuplex> ConnectAsync(TransportAddress address, CancellationToken cancellationToken)
    {
        ThrowIfUnsupported();
        var endPoint = SocketFile.EndPoint(address.Host);
        for (int attempt = 0; attempt < QueueFullAttempts; attempt++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Dial(endPoint, address) is { } duplex)
            {
                return duplex;
            }

            await Task.Delay(QueueFullPause, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }

        throw new IOException($"The peer at \"{address.Host}\" takes no more connections: its queue stays full.");
    }

    private static SocketDuplex? Dial(UnixDomainSocketEndPoint endPoint, TransportAddress address)
    {
        if (!File.Exists(address.Host))
        {
            throw new IOException($"Nothing listens at \"{address.Host}\": there is no such file.");
        }

        try
        {
            var socket = SocketDialler.TryConnectAtOnce(endPoint, ProtocolType.Unspecified);
            return socket is null ? null : Adopt(socket, address);
        }
        catch (SocketException failure)
        {
            throw SocketFailure.OfConnecting(address with { Port = 0 }, failure);
        }
    }

    private static SocketDuplex Adopt(Socket socket, TransportAddress address)
    {
        try
        {
            uint? user = PeerCredential.UserOf(socket);
            if (!PeerCredential.IsOurs(user))
            {
                throw new IOException(
                    $"\"{address.Host}\" belongs to user {user}, and this process runs as user {PeerCredential.OwnUser}: "
                    + "a Unix socket joins peers of one user only.");
            }

            return new SocketDuplex(socket, Info(address, user));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static SocketDuplex? Admit(Socket accepted, TransportAddress address)
    {
        uint? user = PeerCredential.UserOf(accepted);
        if (PeerCredential.IsOurs(user))
        {
            return new SocketDuplex(accepted, Info(address, user));
        }

        accepted.Dispose();
        return null;
    }

    private static DuplexInfo Info(TransportAddress address, uint? user) =>
        new(TransportName, address.ToString(), IsSameHost: true, user);

    private static void ThrowIfUnsupported()
    {
        if (!IsSupported)
        {
            throw new IOException("Unix domain sockets cannot be used on this system.");
        }
    }
}
