using AppNet.Links;
using AppNet.Python;
using AppNet.Transport;

namespace AppNet.Peers;

/// <summary>The Python wires of a running peer, wired together: who serves, who calls, who finds.</summary>
internal sealed class PythonSide : IAsyncDisposable
{
    /// <summary>Makes it; nobody is served or asked before the doors are open.</summary>
    /// <param name="setup">The peer.</param>
    /// <param name="options">The options in force.</param>
    /// <param name="home">Where the peer lives.</param>
    /// <param name="self">Where it listens for them.</param>
    /// <param name="addLink">Takes in a link to a Python peer.</param>
    public PythonSide(PythonSetup setup, NetOptions options, IHome home, PeerAddress self, Func<HandshakeResult, PeerAddress, Link> addLink)
    {
        Peers = new PythonPeers(setup, addLink);
        Door = new PythonDoor(setup, new PythonFunctions(setup, Peers));
        var addresses = Enumerable.Range(options.PortStart, options.PortRange + 1)
            .Where(port => port <= ushort.MaxValue)
            .Select(port => new PeerAddress(self.Host, port))
            .Where(address => address != self);
        Source = new PythonSource(setup, Peers, [.. addresses], IsListed, options.PythonProbeInterval);

        bool IsListed(PeerAddress address) => home.Locate(address) is { } record && record.Info.Instance != Guid.Empty;
    }

    /// <summary>Gets the Python peers that this one deals with.</summary>
    public PythonPeers Peers { get; }

    /// <summary>Gets who serves Python callers.</summary>
    public PythonDoor Door { get; }

    /// <summary>Gets who finds Python peers.</summary>
    public PythonSource Source { get; }

    /// <summary>Returns the way to Python peers, which speak plain TCP.</summary>
    /// <param name="home">Where the peer lives.</param>
    /// <returns>The way.</returns>
    public static ITransport TransportOf(IHome home) => home.Transports.First(transport => transport.Name != UnixTransport.TransportName);

    /// <summary>Returns where a peer listens for Python peers.</summary>
    /// <param name="place">Where it listens.</param>
    /// <param name="home">Where it lives.</param>
    /// <returns>The address, on this host alone.</returns>
    public static PeerAddress AddressOf(IPlace place, IHome home)
    {
        var transport = TransportOf(home).Name;
        var address = place.Entrances.First(entrance => entrance.Listener.Address.Transport == transport).Listener.Address;
        return new PeerAddress(address.Host, address.Port);
    }

    /// <summary>Says whether Python peers may come by sockets.</summary>
    /// <param name="home">Where the peer lives.</param>
    /// <returns>Whether; not in memory.</returns>
    public static bool IsPossible(IHome home) => home.NeedsProof(new TransportAddress(TransportOf(home).Name, "127.0.0.1", PeerAddress.DefaultPort));

    /// <summary>Ends what is left, when the peer's links are gone.</summary>
    /// <returns>A task that ends when nothing is left.</returns>
    public async ValueTask DisposeAsync()
    {
        await Door.DisposeAsync().ConfigureAwait(false);
        await Peers.DisposeAsync().ConfigureAwait(false);
    }
}
