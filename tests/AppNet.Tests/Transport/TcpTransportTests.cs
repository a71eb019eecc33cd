using System.Net;
using System.Net.Sockets;
using AppNet.Transport;
using Xunit;

namespace AppNet.Tests.Transport;

public sealed class TcpTransportTests
{
    private readonly TcpTransport _transport = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_refusal_names_the_address_and_keeps_its_cause()
    {
        int port;
        using (var listener = _transport.Listen(Loopback(0)))
        {
            port = listener.Address.Port;
        }

        var failure = await Assert.ThrowsAsync<IOException>(async () => await _transport.ConnectAsync(Loopback(port), Cancelled));

        Assert.Equal($"Nothing listens at 127.0.0.1:{port}.", failure.Message);
        Assert.IsType<SocketException>(failure.InnerException);
    }

    [Theory]
    [InlineData((int)SocketError.TimedOut, "did not answer in time")]
    [InlineData((int)SocketError.HostUnreachable, "unreachable")]
    [InlineData((int)SocketError.HostNotFound, "The host name \"far\" is not known.")]
    [InlineData((int)SocketError.ConnectionRefused, "Nothing listens at far:3011.")]
    public void Each_failure_to_connect_says_what_it_is(int error, string expected)
    {
        var failure = SocketFailure.OfConnecting(new TransportAddress("tcp", "far", 3011), new SocketException(error));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_taken_by_another_program_is_in_use()
    {
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        other.Listen();
        int port = ((IPEndPoint)other.LocalEndPoint!).Port;

        var failure = Assert.Throws<AddressInUseException>(() => _transport.Listen(Loopback(port)));
        Assert.Throws<AddressInUseException>(() => _transport.Listen(new TransportAddress("tcp", "0.0.0.0", port)));

        Assert.Equal($"The address tcp://127.0.0.1:{port} is in use.", failure.Message);
    }

    [Fact]
    public async Task A_port_whose_last_connection_is_just_closed_by_this_side_can_be_taken_again()
    {
        TransportAddress address;
        using (var listener = _transport.Listen(Loopback(0)))
        {
            address = listener.Address;
            using var near = await _transport.ConnectAsync(address, Cancelled);
            var far = await listener.AcceptAsync(Cancelled);

            // Who ends first is the one left in TIME_WAIT.
            far.Dispose();
            Assert.Equal(0, near.Receive(new byte[1], TimeSpan.FromSeconds(30)));
        }

        using var again = _transport.Listen(address);
        Assert.Equal(address, again.Address);
    }

    [Fact]
    public void An_address_of_another_host_is_no_place_to_listen()
    {
        var failure = Assert.Throws<IOException>(() => _transport.Listen(new TransportAddress("tcp", "192.0.2.1", 0)));

        Assert.Contains("no address of this host", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Localhost_is_listened_at_and_found()
    {
        using var listener = _transport.Listen(new TransportAddress("tcp", "localhost", 0));

        using var near = await _transport.ConnectAsync(listener.Address, Cancelled);
        using var far = await listener.AcceptAsync(Cancelled);

        Assert.Equal("localhost", listener.Address.Host);
        Assert.StartsWith("127.0.0.1:", far.Info.Remote, StringComparison.Ordinal);
        Assert.Null(far.Info.RemoteUserId);
    }

    [Fact]
    public void An_IPv6_address_is_printed_in_brackets()
    {
        Assert.Equal("tcp://[::1]:80", new TransportAddress("tcp", "::1", 80).ToString());
        Assert.Equal("tcp://host:80", new TransportAddress("tcp", "host", 80).ToString());
        Assert.Equal("unix:/tmp/a", new TransportAddress("unix", "/tmp/a", 0).ToString());
    }

    private static TransportAddress Loopback(int port) => new("tcp", "127.0.0.1", port);
}
