using System.Security.Cryptography;
using AppNet.Discovery;
using AppNet.Links;
using AppNet.Transport;
using Microsoft.Extensions.Logging;

namespace AppNet.Peers;

/// <summary>
/// A peer's home on this host: Unix domain socket and loopback TCP, listed in the user's runtime directory, and once a key is shared
/// the host's addresses in the network (<see cref="HostNetwork"/>).
/// </summary>
internal sealed class HostHome : IHome
{
    private const string Loopback = "127.0.0.1";
    private const int AnyPortAttempts = 20;

    private readonly NetOptions _options;
    private readonly ILogger _logger;
    private readonly RuntimeDirectory _directory;
    private readonly TcpTransport _tcp = new();
    private readonly UnixTransport _unix = new();
    private readonly HostNetwork _network;

    /// <summary>Makes the home; touches neither files nor sockets.</summary>
    /// <param name="options">The peer's options.</param>
    /// <param name="logger">Where it reports.</param>
    /// <param name="folders">The folders to be listed in; null: as the environment says.</param>
    public HostHome(NetOptions options, ILogger logger, IReadOnlyList<string>? folders = null)
    {
        _options = options;
        _logger = logger;
        _network = new HostNetwork(options, _tcp, logger);
        _directory = new RuntimeDirectory(
            folders ?? RuntimeFolder.Candidates(Environment.GetEnvironmentVariable), options.TimeProvider, logger);
    }

    /// <inheritdoc/>
    public IReadOnlyList<ITransport> Transports => UsesUnix ? [_unix, _tcp, _network.Transport] : [_tcp, _network.Transport];

    private bool UsesUnix => _options.UseUnixSockets && UnixTransport.IsSupported;

    /// <inheritdoc/>
    public IReadOnlyList<IPeerSource> Sources(Func<HandshakeParty> self) =>
    [
        _directory,
        new PortRangeSource(
            new PortProbe(_tcp, _directory, self),
            _options.PortStart,
            _options.PortRange,
            _options.ThreadLimit,
            _options.TimeProvider,
            _logger),
    ];

    /// <inheritdoc/>
    public IPlace Settle(Guid instance)
    {
        _network.ReadKey();
        var entry = _directory.Enter(instance);
        IReadOnlyList<IDuplexListener> listeners = [];
        try
        {
            var (tcp, entrances) = ListenInRange();
            listeners = [tcp, .. entrances.Select(entrance => entrance.Listener)];
            var unix = UsesUnix && entry.SocketPath is { } path
                ? _unix.Listen(new TransportAddress(UnixTransport.TransportName, path, 0))
                : null;
            return new Place(entry, tcp, unix, entrances, _network);
        }
        catch (IOException)
        {
            foreach (var listener in listeners)
            {
                listener.Dispose();
            }

            entry.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public TransportAddress? WayTo(TransportAddress address) =>
        IsOnHost(address) ? address : _network.WayTo(address.Host, address.Port);

    /// <inheritdoc/>
    public bool NeedsProof(TransportAddress way) => IsOnHost(way);

    /// <inheritdoc/>
    public bool IsOnHost(TransportAddress address) => address.Transport == UnixTransport.TransportName || IsLoopback(address);

    /// <inheritdoc/>
    public PeerRecord? Locate(PeerAddress address)
    {
        var isThisHost = IsThisHost(address.Host);
        if (isThisHost || _network.IsListenedOn(address.Host))
        {
            var listed = _directory.Find(address.Port);
            if (listed is not null || isThisHost)
            {
                // Not listed by a peer of this user: whatever listens there will say what it is.
                return listed ?? Unlisted(new PeerAddress(Loopback, address.Port), TcpTransport.TransportName);
            }
        }

        return _network.WayTo(address.Host, address.Port) is { } way ? Unlisted(address, way.Transport) : null;
    }

    private static PeerRecord Unlisted(PeerAddress address, string transport) => new()
    {
        Info = new PeerInfo { Host = address.Host, Port = address.Port, Instance = Guid.Empty },
        Addresses = [new TransportAddress(transport, address.Host, address.Port)],
        IsOnHost = transport == TcpTransport.TransportName && address.Host == Loopback,
    };

    // The one address that peers of this host listen on for each other. Others of its network are as far away as any.
    private static bool IsLoopback(TransportAddress address) =>
        address.Transport == TcpTransport.TransportName && address.Host is Loopback or "::1";

    private static bool IsThisHost(string host) =>
        host is Loopback or "::1"
        || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.Equals(Environment.MachineName, StringComparison.OrdinalIgnoreCase);

    private (IDuplexListener Tcp, IReadOnlyList<Entrance> Entrances) ListenInRange()
    {
        for (var port = _options.PortStart; port <= Math.Min(_options.PortStart + _options.PortRange, ushort.MaxValue); port++)
        {
            if (TryListen(port) is { } found)
            {
                return found;
            }
        }

        for (var attempt = 1; attempt < AnyPortAttempts; attempt++)
        {
            if (TryListen(port: 0) is { } any)
            {
                Log.RangeTaken(_logger, _options.PortStart, _options.PortStart + _options.PortRange, any.Tcp.Address.Port);
                return any;
            }
        }

        throw new IOException("No port is free on all the addresses of this host.");
    }

    /// <summary>Listens with one port on loopback and, where other hosts may come, on the addresses of the network.</summary>
    private (IDuplexListener Tcp, IReadOnlyList<Entrance> Entrances)? TryListen(int port)
    {
        IDuplexListener? tcp = null;
        try
        {
            tcp = _tcp.Listen(new TransportAddress(TcpTransport.TransportName, Loopback, port));
            return (tcp, _network.Listen(tcp.Address.Port));
        }
        catch (AddressInUseException)
        {
            // The next one, as the Python library does.
            tcp?.Dispose();
            return null;
        }
    }

    private sealed class Place : IPlace
    {
        private readonly RuntimeEntry _entry;
        private readonly HostNetwork _network;
        private readonly IReadOnlyList<TransportAddress> _onHost;
        private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);
        private readonly Lock _gate = new();

        // Guarded by _gate. Written under it, Entrances and Address are read without: they are whole at any time.
        private bool _isDisposed;

        public Place(RuntimeEntry entry, IDuplexListener tcp, IDuplexListener? unix, IReadOnlyList<Entrance> entrances, HostNetwork network)
        {
            _entry = entry;
            _network = network;
            Address = AddressOf(entrances, tcp.Address.Port);
            IDuplexListener[] onHost = unix is null ? [tcp] : [unix, tcp];
            _onHost = [.. onHost.Select(listener => listener.Address)];
            Entrances = [.. onHost.Select(listener => new Entrance(listener, _secret)), .. entrances];
        }

        public PeerAddress Address { get; private set; }

        public IReadOnlyList<Entrance> Entrances { get; private set; }

        public HostNetwork? Network => _network;

        public IReadOnlyList<Entrance> OpenNetwork()
        {
            lock (_gate)
            {
                if (_isDisposed || Entrances.Count > _onHost.Count)
                {
                    return [];
                }

                var entrances = _network.Listen(Address.Port);
                Entrances = [.. Entrances, .. entrances];
                Address = AddressOf(entrances, Address.Port);
                return entrances;
            }
        }

        public void Publish(PeerInfo info) => _entry.Publish(new PeerRecord
        {
            Info = info,
            Addresses = _onHost,
            Secret = _secret,
            IsOnHost = true,
        });

        public void Renew(DateTimeOffset now) => _entry.Renew(now);

        // Also deletes the socket's file; who has connected stays connected.
        public void Unlist() => _entry.Dispose();

        public void Dispose()
        {
            Unlist();
            lock (_gate)
            {
                _isDisposed = true;
                foreach (var entrance in Entrances)
                {
                    entrance.Listener.Dispose();
                }
            }
        }

        private static PeerAddress AddressOf(IReadOnlyList<Entrance> entrances, int port) =>
            new(entrances.Count > 0 ? entrances[0].Listener.Address.Host : Loopback, port);
    }
}
