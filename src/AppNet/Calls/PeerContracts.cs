using AppNet.Calls;
using AppNet.Connections;

namespace AppNet;

/// <summary>Calls by contract: an interface with <c>[PeerContract]</c> that a peer offers an implementation of.</summary>
public static class PeerContracts
{
    /// <summary>
    /// Returns an implementation of a contract whose methods are calls of a peer. Touches no network; the first call finds out whether the
    /// peer is there and offers it. A handle with a time limit, <c>peer.With(timeout: …)</c>, limits each call.
    /// </summary>
    /// <typeparam name="T">The interface, which has <c>[PeerContract]</c>.</typeparam>
    /// <param name="peer">The peer.</param>
    /// <returns>The proxy; safe for use from many threads.</returns>
    /// <exception cref="ArgumentException">The interface is no contract.</exception>
    public static T As<T>(this Peer peer)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(peer);
        return ContractCatalogue.Get<T>().MakeProxy(new PeerProxyCaller(peer));
    }
}
