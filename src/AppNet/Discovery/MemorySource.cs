using System.Runtime.CompilerServices;
using AppNet.Transport;

namespace AppNet.Discovery;

/// <summary>The peers of an in-memory network, as they list themselves there.</summary>
/// <param name="network">The network.</param>
/// <param name="host">The host on which those are that ask.</param>
internal sealed class MemorySource(MemoryNetwork network, string host) : IPeerSource
{
    /// <inheritdoc/>
    public string Name => "memory";

    /// <inheritdoc/>
    public bool IsOnHost => true;

    /// <inheritdoc/>
    public async IAsyncEnumerable<PeerRecord> FindAsync(
        PeerQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (var info in network.Peers.Values)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new PeerRecord
            {
                Info = info,
                Addresses = [new TransportAddress(MemoryTransport.TransportName, info.Host, info.Port)],
                IsOnHost = string.Equals(info.Host, host, StringComparison.OrdinalIgnoreCase),
            };
        }
    }
}
