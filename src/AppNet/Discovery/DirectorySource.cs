using System.Net;
using System.Runtime.CompilerServices;
using AppNet.Transport;

namespace AppNet.Discovery;

/// <summary>Takes an <see cref="IPeerDirectory"/> of another package in among the library's own sources.</summary>
internal sealed class DirectorySource(IPeerDirectory directory) : IPeerSource
{
    /// <inheritdoc/>
    public string Name { get; } = directory.Name;

    /// <inheritdoc/>
    public bool IsOnHost => false;

    /// <inheritdoc/>
    public async IAsyncEnumerable<PeerRecord> FindAsync(
        PeerQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in directory.FindAsync(query, cancellationToken).ConfigureAwait(false))
        {
            yield return new PeerRecord { Info = entry.Info, Addresses = [.. Addresses(entry)] };
        }
    }

    private static IEnumerable<TransportAddress> Addresses(DirectoryEntry entry)
    {
        if (entry.EndPoints.Count == 0)
        {
            yield return new TransportAddress("tcp", entry.Info.Host, entry.Info.Port);
        }

        foreach (var endPoint in entry.EndPoints)
        {
            switch (endPoint)
            {
                case IPEndPoint ip: yield return new TransportAddress("tcp", ip.Address.ToString(), ip.Port); break;
                case DnsEndPoint dns: yield return new TransportAddress("tcp", dns.Host, dns.Port); break;
                default: break; // another package's way to a peer; no transport here knows it
            }
        }
    }
}
