using System.Net;
using System.Net.Sockets;
using AppNet.Integration.Tests.Neighbour;
using Xunit;

namespace AppNet.Integration.Tests;

public sealed class DiallingTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = Neighbourhood.Patience)]
    public async Task A_peer_whose_ports_are_all_taken_is_found_and_called_on_another_one()
    {
        await using var here = new Neighbourhood();
        using var takers = new Takers(here.PortStart, here.PortEnd);
        var other = await here.StartPeerAsync();
        var local = await here.StartLocalAsync();

        var peer = Assert.Single(await local.GetPeersAsync(cancellationToken: Cancelled));

        Assert.NotInRange(other.Id.Port, here.PortStart, here.PortEnd);
        Assert.Equal(other.Id, peer.Id);
        Assert.Equal(other.Process.Id, await Functions.ProcessId(peer: peer, cancellationToken: Cancelled));
    }

    [Fact(Timeout = Neighbourhood.Patience)]
    public async Task A_call_to_a_closed_port_fails_with_peer_not_found()
    {
        await using var here = new Neighbourhood();
        var local = await here.StartLocalAsync();
        var address = $"127.0.0.1:{here.PortEnd}";

        var exception = await FailAsync(local.GetPeer(address));

        Assert.Equal(NetError.PeerNotFound, exception.Error);
        Assert.Contains(address, exception.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Neighbourhood.Patience)]
    public async Task A_call_to_a_web_server_fails_and_says_that_no_peer_listens_there()
    {
        await using var here = new Neighbourhood();
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var local = await here.StartLocalAsync();

        var failing = FailAsync(local.GetPeer($"{server.LocalEndpoint}"));
        using var client = await server.AcceptTcpClientAsync(Cancelled);
        await client.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), Cancelled);
        var exception = await failing;

        Assert.Equal(NetError.PeerNotFound, exception.Error);
        Assert.Contains("no AppNet peer", exception.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Neighbourhood.Patience)]
    public async Task A_call_to_a_port_that_stays_silent_ends_with_the_time_for_a_handshake()
    {
        await using var here = new Neighbourhood();
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var local = await here.StartLocalAsync(options => options.HandshakeTimeout = TimeSpan.FromMilliseconds(200));

        var exception = await FailAsync(local.GetPeer($"{server.LocalEndpoint}"));

        Assert.Equal(NetError.PeerNotFound, exception.Error);
        Assert.Contains("did not finish the handshake within 0.2 s", exception.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Neighbourhood.Patience)]
    public async Task A_peer_of_another_runtime_directory_is_neither_found_nor_reached()
    {
        await using var here = new Neighbourhood();
        await using var elsewhere = new Neighbourhood();
        var stranger = await elsewhere.StartPeerAsync();
        var local = await here.StartLocalAsync(options => options.PortStart = elsewhere.PortStart);

        Assert.Empty(await local.GetPeersAsync(cancellationToken: Cancelled));
        var exception = await FailAsync(local.GetPeer(stranger.Id));

        Assert.Equal(NetError.NotAuthorized, exception.Error);
        Assert.Contains("a peer of another user, or keeps its entry elsewhere", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no base64 at all", "names no peer")]
    [InlineData("MTI3LjAuMC4xIC0+IE5vbmU=", "is no peer id")]
    public async Task A_text_that_names_no_peer_fails_before_anything_is_dialled(string text, string expected)
    {
        await using var here = new Neighbourhood();
        var local = await here.StartLocalAsync();

        var exception = Assert.Throws<FormatException>(() => local.GetPeer(text));

        Assert.Contains(text, exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    private static Task<NetException> FailAsync(Peer peer) =>
        Assert.ThrowsAsync<NetException>(() => Functions.ProcessId(peer: peer, cancellationToken: Cancelled));

    /// <summary>Listeners of no peer on a range of ports. Where somebody else listens already, the port is taken too.</summary>
    private sealed class Takers : IDisposable
    {
        private readonly List<TcpListener> _listeners = [];

        public Takers(int first, int last)
        {
            for (var port = first; port <= last; port++)
            {
                var listener = new TcpListener(IPAddress.Loopback, port);
                _listeners.Add(listener);
                try
                {
                    listener.Start();
                }
                catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
                {
                    // As it should be.
                }
            }
        }

        public void Dispose() => _listeners.ForEach(listener => listener.Dispose());
    }
}
