using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using AppNet.Discovery;
using AppNet.Links;
using AppNet.Peers;
using AppNet.TestKit;
using AppNet.Tests.Discovery;
using AppNet.Tests.Events;
using AppNet.Tests.Peers;
using AppNet.Transport;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace AppNet.Tests.Limits;

public sealed partial class OriginalLimitsTests
{
    // Row 5: listen backlog of 5: 500 calls at once, 127 answered within 15 s; stalls of seconds at 64 callers.
    [Fact]
    public async Task Five_hundred_calls_at_once_from_peers_that_all_dial_at_once_are_all_answered()
    {
        await using var host = new Host();
        var callee = await host.StartAsync(Limit, unix: false);
        callee.Connect("same", (int value) => value);
        var callers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.StartAsync(Limit, unix: false)));

        var calls = callers.SelectMany((caller, i) => Enumerable.Range(0, 25).Select(j =>
            callee.Handle(caller).InvokeAsync<int>("same", [(i * 25) + j], Limit)));

        Assert.Equal(Enumerable.Range(0, 500), await Task.WhenAll(calls.ToList()));
    }

    // Row 7: one bad answer (HTTP server, closed socket, …) on a lower port hides every peer on higher ports.
    // Row 10: takes ports 3010-3015, looks at 3010-3014.
    [Fact]
    public async Task What_answers_badly_on_a_lower_port_hides_no_peer_on_a_higher_one_up_to_the_end_of_the_range()
    {
        await using var host = new Host();
        using var http = host.Occupy(0, async socket => await socket.SendAsync(Encoding.ASCII.GetBytes("HTTP/1.1 400 Bad Request\r\n\r\n"), Limit));
        using var closing = host.Occupy(1, socket =>
        {
            socket.Dispose();
            return Task.CompletedTask;
        });
        using var flag = host.Occupy(2, async socket => await socket.SendAsync(Encoding.ASCII.GetBytes("\"NULL\""), Limit));
        using var error = host.Occupy(3, async socket => await socket.SendAsync(Encoding.ASCII.GetBytes("""{"error": "no"}"""), Limit));
        using var silent = host.Occupy(4, _ => Task.CompletedTask);
        var peer = await host.StartAsync(Limit);

        var found = await host.ProbePortsAsync(Limit);

        Assert.Equal(host.PortStart + 5, peer.Port);
        Assert.Equal([peer.Id], found.Select(record => record.Info.Id));
    }

    // Row 8: the LAN sweep never includes the own host and costs 0.1 s for each silent port, one after the other.
    [Fact]
    public async Task Addresses_are_asked_at_once_and_a_peer_is_told_of_before_the_silent_ones_are_given_up()
    {
        var silent = new TaskCompletionSource<ProbeResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        var peer = new PeerRecord { Info = Sample.Info(port: 4_070) };
        var probe = new Probe(port => port == 4_070 ? new ValueTask<ProbeResult>(ProbeResult.Found(peer)) : new ValueTask<ProbeResult>(silent.Task));
        using var source = new PortRangeSource(probe, 4_000, 70, threadLimit: 5, new ManualTimeProvider(), NullLogger.Instance);
        await using var found = source.FindAsync(new PeerQuery(), Limit).GetAsyncEnumerator(Limit);

        // No time passes in between: the clock stands still.
        Assert.True(await found.MoveNextAsync());

        Assert.Equal(4_070, found.Current.Info.Port);
        silent.SetResult(ProbeResult.Nothing);
        Assert.False(await found.MoveNextAsync());
    }

    // Row 8, its middle.
    [Fact]
    public async Task Peers_of_the_own_host_are_found()
    {
        await using var host = new Host();
        var peer = await host.StartAsync(Limit);
        var neighbour = await host.StartAsync(Limit);

        var found = await peer.GetPeersAsync(refresh: true, cancellationToken: Limit);

        Assert.Equal([neighbour.Id], found.Select(other => other.Id));
    }

    // Row 9: the cache of peers() ignores the filters of the next call; a group given as a string matches parts of names.
    [Fact]
    public async Task The_filters_of_each_search_hold_and_a_group_is_a_whole_name()
    {
        var (caller, ungrouped) = await StartTwoAsync();
        var render = await _peers.StartAsync(options => options.Group = "render");
        var hub = await _peers.StartAsync(options => (options.Group, options.IsHub) = ("renderfarm", true));

        var ofRender = await caller.GetPeersAsync("render", cancellationToken: Limit);
        var hubs = await caller.GetPeersAsync(hubsOnly: true, cancellationToken: Limit);
        var ofPart = await caller.GetPeersAsync("rend", cancellationToken: Limit);
        var ofBoth = await caller.GetPeersAsync(["renderfarm", "None"], cancellationToken: Limit);
        var all = await caller.GetPeersAsync(cancellationToken: Limit);

        Assert.Equal([render.Id], ofRender.Select(peer => peer.Id));
        Assert.Equal([hub.Id], hubs.Select(peer => peer.Id));
        Assert.Empty(ofPart);
        Assert.Equal([ungrouped.Id, hub.Id], ofBoth.Select(peer => peer.Id));
        Assert.Equal(3, all.Count);
    }

    // Row 11: 0.6.2 spins at 100 % of a core at start when a port is bound but not answering; 0.4.1 crashes on a full backlog.
    [Fact]
    public async Task A_port_that_is_bound_and_does_not_answer_is_passed_over()
    {
        await using var host = new Host();
        using var bound = host.Bind(0);
        bound.Listen(1);
        using var silent = host.Occupy(1, _ => Task.CompletedTask);

        var peer = await host.StartAsync(Limit);

        Assert.Equal(host.PortStart + 2, peer.Port);
    }

    // Row 12: the address is what the host name resolves to (127.0.0.1 on many systems; no name, no start).
    [Fact]
    public async Task The_address_is_one_of_an_interface_of_this_host()
    {
        await using var host = new Host();

        var peer = await host.StartAsync(Limit);

        var interfaces = NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(network => network.GetIPProperties().UnicastAddresses)
            .Select(address => address.Address);
        Assert.Contains(IPAddress.Parse(peer.Host), interfaces);
    }

    // Row 13: NET_IS_HUB=False or empty means true.
    [Theory]
    [InlineData("False", false)]
    [InlineData("", false)]
    [InlineData("0", false)]
    [InlineData("True", true)]
    [InlineData("1", true)]
    public void A_no_in_NET_IS_HUB_is_a_no(string text, bool expected)
    {
        Assert.Equal(expected, new NetOptions().InForce(NetEnvironmentTests.Read(("NET_IS_HUB", text))).IsHub);
    }

    // Row 13, its end: an empty or non-ASCII group crashes.
    [Fact]
    public async Task A_group_may_be_empty_or_not_ascii_and_what_can_not_be_is_a_clear_error()
    {
        var caller = await _peers.StartAsync();
        var greek = await _peers.StartAsync(options => options.Group = "ομάδα 😀");

        var found = await caller.GetPeersAsync("ομάδα 😀", cancellationToken: Limit);
        var thrown = Assert.Throws<ArgumentException>(() => new NetOptions { Group = "a\nb" }.InForce(NetSettings.Empty));

        Assert.Equal([greek.Id], found.Select(peer => PeerId.Parse(peer.Id.ToString())));
        Assert.Null(new NetOptions().InForce(NetEnvironmentTests.Read(("NET_GROUP", ""))).Group);
        Assert.Contains("NetOptions.Group is", thrown.Message, StringComparison.Ordinal);
    }

    private sealed class Probe(Func<int, ValueTask<ProbeResult>> answer) : IPortProbe
    {
        public ValueTask<ProbeResult> ProbeAsync(string host, int port, CancellationToken cancellationToken) => answer(port);
    }

    /// <summary>A runtime directory and six ports in a row for one test alone, with real sockets.</summary>
    private sealed class Host : IAsyncDisposable
    {
        private const int PortRange = 5;

        private static int _last = Environment.ProcessId % 400 * 50;

        private readonly TempFolder _folder = new();
        private readonly List<LocalPeer> _peers = [];

        public Host()
        {
            while (true)
            {
                // Below those that the system gives away by itself, and away from those of the original.
                PortStart = 10_000 + (Interlocked.Add(ref _last, 10) % 20_000);
                try
                {
                    for (var i = 0; i <= PortRange; i++)
                    {
                        Bind(i).Dispose();
                    }

                    return;
                }
                catch (SocketException)
                {
                    // Somebody else has one of these.
                }
            }
        }

        public int PortStart { get; }

        public Socket Bind(int index)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, PortStart + index));
                return socket;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        /// <summary>Has something that is no peer answer at one of the ports.</summary>
        public Socket Occupy(int index, Func<Socket, Task> answer)
        {
            var socket = Bind(index);
            socket.Listen();
            _ = Task.Run(async () =>
            {
                try
                {
                    while (true)
                    {
                        await answer(await socket.AcceptAsync());
                    }
                }
                catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
                {
                    // The test is over.
                }
            });
            return socket;
        }

        public async Task<LocalPeer> StartAsync(CancellationToken cancellationToken, bool unix = true)
        {
            var options = new NetOptions { PortStart = PortStart, PortRange = PortRange, UseUnixSockets = unix, LoggerFactory = new LogRecorder() };
            var peer = new LocalPeer(options, (inForce, logger) => new HostHome(inForce, logger, [_folder.Path]));
            lock (_peers)
            {
                _peers.Add(peer);
            }

            await peer.StartAsync(cancellationToken);
            return peer;
        }

        /// <summary>Asks at the ports, as the original does, and nowhere else.</summary>
        public async Task<List<PeerRecord>> ProbePortsAsync(CancellationToken cancellationToken)
        {
            var directory = new RuntimeDirectory([_folder.Path], TimeProvider.System, NullLogger.Instance);
            var probe = new PortProbe(new TcpTransport(), directory, () => new HandshakeParty(Sample.Info(), new LinkOptions()));

            // A clock that stands still: on a busy machine a port has all the time it takes.
            using var source = new PortRangeSource(probe, PortStart, PortRange, threadLimit: 5, new ManualTimeProvider(), NullLogger.Instance);
            return await source.FindAsync(new PeerQuery(), cancellationToken).ToListAsync(cancellationToken);
        }

        public async ValueTask DisposeAsync()
        {
            await Task.WhenAll(_peers.Select(peer => peer.StopAsync(new CancellationToken(canceled: true))));
            _folder.Dispose();
        }
    }
}
