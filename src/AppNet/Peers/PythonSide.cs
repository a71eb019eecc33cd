using AppNet.Links;
using AppNet.Python;

namespace AppNet.Peers;

/// <summary>The Python wires of a running peer, wired together: who serves, who calls, who finds.</summary>
internal sealed class PythonSide : IAsyncDisposable
{
    /// <summary>Makes it; nobody is served or asked before the doors are open.</summary>
    /// <param name="setup">The peer.</param>
    /// <param name="options">The options in force.</param>
    /// <param name="home">Where the peer lives.</param>
    /// <param name="self">Where it listens.</param>
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

    /// <summary>Ends what is left, when the peer's links are gone.</summary>
    /// <returns>A task that ends when nothing is left.</returns>
    public async ValueTask DisposeAsync()
    {
        await Door.DisposeAsync().ConfigureAwait(false);
        await Peers.DisposeAsync().ConfigureAwait(false);
    }
}
