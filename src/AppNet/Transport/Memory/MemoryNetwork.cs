using System.Collections.Concurrent;
using AppNet.Transport;

namespace AppNet;

/// <summary>
/// A network inside one process, for tests and examples: the peers that share an instance reach one another and nobody
/// else, without a socket. Safe for use from many threads.
/// </summary>
public sealed class MemoryNetwork
{
    /// <summary>The host name of a peer that was given none of its own.</summary>
    internal const string DefaultHost = "memory";

    private const int FirstFreePort = 40_000;
    private const int LastPort = 65_535;

    private readonly Lock _gate = new();

    // Guarded by _gate.
    private readonly Dictionary<(string Host, int Port), MemoryListener> _listeners = new();

    /// <summary>Gets what the peers of this network say of themselves, by instance.</summary>
    internal ConcurrentDictionary<Guid, PeerInfo> Peers { get; } = new();

    /// <summary>Opens the network for one peer.</summary>
    /// <param name="host">The name of the host that the peer is on; two of one name are on the same host.</param>
    /// <returns>The transport for that peer.</returns>
    internal ITransport OpenTransport(string host = DefaultHost) => new MemoryTransport(this, host);

    internal MemoryListener Listen(TransportAddress address)
    {
        lock (_gate)
        {
            int port = address.Port == 0 ? FreePortLocked(address) : address.Port;
            var key = (Normal(address.Host), port);
            if (_listeners.ContainsKey(key))
            {
                throw new AddressInUseException(address);
            }

            var listener = new MemoryListener(this, address with { Transport = MemoryTransport.TransportName, Port = port });
            _listeners.Add(key, listener);
            return listener;
        }
    }

    internal MemoryListener? Find(TransportAddress address)
    {
        lock (_gate)
        {
            return _listeners.GetValueOrDefault((Normal(address.Host), address.Port));
        }
    }

    internal void Remove(MemoryListener listener)
    {
        lock (_gate)
        {
            _listeners.Remove((Normal(listener.Address.Host), listener.Address.Port));
        }
    }

    private int FreePortLocked(TransportAddress address)
    {
        for (int port = FirstFreePort; port <= LastPort; port++)
        {
            if (!_listeners.ContainsKey((Normal(address.Host), port)))
            {
                return port;
            }
        }

        throw new AddressInUseException(address);
    }

    private static string Normal(string host) => host.ToUpperInvariant();
}
