using System.Net;
using System.Security.Cryptography;
using AppNet.Discovery;
using AppNet.Links;
using AppNet.Transport;
using Microsoft.Extensions.Logging;

namespace AppNet.Peers;

/// <summary>
/// A peer's home on this host: Unix domain socket and loopback TCP, listed in the user's runtime directory. Until a key is shared
/// nothing beyond the host is listened to or dialled.
/// </summary>
internal sealed class HostHome : IHome
{
    private const string Loopback = "127.0.0.1";

    private readonly NetOptions _options;
    private readonly ILogger _logger;
    private readonly RuntimeDirectory _directory;
    private readonly TcpTransport _tcp = new();
    private readonly UnixTransport _unix = new();

    /// <summary>Makes the home; touches neither files nor sockets.</summary>
    /// <param name="options">The peer's options.</param>
    /// <param name="logger">Where it reports.</param>
    /// <param name="folders">The folders to be listed in; null: as the environment says.</param>
    public HostHome(NetOptions options, ILogger logger, IReadOnlyList<string>? folders = null)
    {
        _options = options;
        _logger = logger;
        _directory = new RuntimeDirectory(
            folders ?? RuntimeFolder.Candidates(Environment.GetEnvironmentVariable), options.TimeProvider, logger);
    }

    /// <inheritdoc/>
    public IReadOnlyList<ITransport> Transports => UsesUnix ? [_unix, _tcp] : [_tcp];

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
        var entry = _directory.Enter(instance);
        IDuplexListener? tcp = null;
        try
        {
            tcp = ListenInRange();
            var unix = UsesUnix && entry.SocketPath is { } path
                ? _unix.Listen(new TransportAddress(UnixTransport.TransportName, path, 0))
                : null;
            return new Place(entry, tcp, unix);
        }
        catch (IOException)
        {
            tcp?.Dispose();
            entry.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public bool NeedsProof => true;

    /// <inheritdoc/>
    public bool MayDial(TransportAddress address) =>
        address.Transport == UnixTransport.TransportName || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip));

    /// <inheritdoc/>
    public PeerRecord? Locate(PeerAddress address)
    {
        if (!IsThisHost(address.Host))
        {
            return null;
        }

        return _directory.Find(address.Port) ?? new PeerRecord
        {
            // Not listed by a peer of this user: whatever listens there will say what it is.
            Info = new PeerInfo { Host = Loopback, Port = address.Port, Instance = Guid.Empty },
            Addresses = [new TransportAddress(TcpTransport.TransportName, Loopback, address.Port)],
            IsOnHost = true,
        };
    }

    private static bool IsThisHost(string host) =>
        host is Loopback or "::1"
        || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.Equals(Environment.MachineName, StringComparison.OrdinalIgnoreCase);

    private IDuplexListener ListenInRange()
    {
        for (var port = _options.PortStart; port <= Math.Min(_options.PortStart + _options.PortRange, ushort.MaxValue); port++)
        {
            try
            {
                return _tcp.Listen(new TransportAddress(TcpTransport.TransportName, Loopback, port));
            }
            catch (AddressInUseException)
            {
                // The next one, as the Python library does.
            }
        }

        var listener = _tcp.Listen(new TransportAddress(TcpTransport.TransportName, Loopback, 0));
        Log.RangeTaken(_logger, _options.PortStart, _options.PortStart + _options.PortRange, listener.Address.Port);
        return listener;
    }

    private sealed class Place : IPlace
    {
        private readonly RuntimeEntry _entry;
        private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);

        public Place(RuntimeEntry entry, IDuplexListener tcp, IDuplexListener? unix)
        {
            _entry = entry;
            Address = new PeerAddress(tcp.Address.Host, tcp.Address.Port);
            Listeners = unix is null ? [tcp] : [unix, tcp];
        }

        public PeerAddress Address { get; }

        public IReadOnlyList<IDuplexListener> Listeners { get; }

        public byte[] Secret => _secret;

        public void Publish(PeerInfo info) => _entry.Publish(new PeerRecord
        {
            Info = info,
            Addresses = [.. Listeners.Select(listener => listener.Address)],
            Secret = _secret,
            IsOnHost = true,
        });

        public void Renew(DateTimeOffset now) => _entry.Renew(now);

        // Also deletes the socket's file; who has connected stays connected.
        public void Unlist() => _entry.Dispose();

        public void Dispose()
        {
            Unlist();
            foreach (var listener in Listeners)
            {
                listener.Dispose();
            }
        }
    }
}
