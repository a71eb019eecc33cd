using System.Net;
using System.Net.Sockets;

namespace AppNet.Transport;

/// <summary>Brings bytes over TCP. Small writes are sent at once (no Nagle), as the link above gathers them itself.</summary>
internal sealed class TcpTransport : ITransport
{
    /// <summary>The name in addresses.</summary>
    public const string TransportName = "tcp";

    /// <inheritdoc/>
    public string Name => TransportName;

    /// <inheritdoc/>
    public IDuplexListener Listen(TransportAddress address)
    {
        try
        {
            return ListenAt(address, new IPEndPoint(ListeningAddress(address.Host), address.Port));
        }
        catch (SocketException failure)
        {
            throw SocketFailure.OfListening(address, failure);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IDuplex> ConnectAsync(TransportAddress address, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            var candidates = IPAddress.TryParse(address.Host, out var literal)
                ? [literal]
                : await Dns.GetHostAddressesAsync(address.Host, cancellationToken).ConfigureAwait(false);
            return await ConnectFirstAsync(candidates, address.Port, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException failure)
        {
            throw SocketFailure.OfConnecting(address, failure);
        }
    }

    private static SocketListener ListenAt(TransportAddress address, IPEndPoint endPoint)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            TakePortAlone(socket);
            socket.Bind(endPoint);
            socket.Listen(SocketListener.Backlog);
            int port = ((IPEndPoint)socket.LocalEndPoint!).Port;
            return new SocketListener(socket, address with { Transport = TransportName, Port = port }, Adopt);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<SocketDuplex> ConnectFirstAsync(IPAddress[] candidates, int port, CancellationToken cancellationToken)
    {
        var failure = new SocketException((int)SocketError.HostNotFound);
        foreach (var candidate in candidates)
        {
            try
            {
                return await ConnectOneAsync(new IPEndPoint(candidate, port), cancellationToken).ConfigureAwait(false);
            }
            catch (SocketException next)
            {
                failure = next;
            }
        }

        throw failure;
    }

    private static async Task<SocketDuplex> ConnectOneAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        var socket = IPAddress.IsLoopback(endPoint.Address) ? SocketDialler.TryConnectAtOnce(endPoint, ProtocolType.Tcp) : null;
        socket ??= await SocketDialler.ConnectAsync(endPoint, ProtocolType.Tcp, cancellationToken).ConfigureAwait(false);
        try
        {
            // A port nobody listens on may be the one this very socket was given: TCP then connects it to itself.
            if (Equals(socket.LocalEndPoint, endPoint))
            {
                throw new SocketException((int)SocketError.ConnectionRefused);
            }

            return Adopt(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static SocketDuplex Adopt(Socket socket)
    {
        socket.NoDelay = true;
        var remote = (IPEndPoint)socket.RemoteEndPoint!;
        var local = (IPEndPoint)socket.LocalEndPoint!;
        bool sameHost = IPAddress.IsLoopback(remote.Address) || remote.Address.Equals(local.Address);
        return new SocketDuplex(socket, new DuplexInfo(TransportName, remote.ToString(), sameHost));
    }

    private static IPAddress ListeningAddress(string host)
    {
        if (IPAddress.TryParse(host, out var literal))
        {
            return literal;
        }

        return string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback : Dns.GetHostAddresses(host)[0];
    }

    // Only Windows lets two sockets listen on one port unless told otherwise. Elsewhere .NET's default keeps others out and
    // still takes a port whose former connections are in TIME_WAIT, which this setting would undo.
    private static void TakePortAlone(Socket socket)
    {
        if (OperatingSystem.IsWindows())
        {
            socket.ExclusiveAddressUse = true;
        }
    }
}
