using System.Collections.Concurrent;
using AppNet.Discovery;
using AppNet.Links;
using AppNet.Transport;

namespace AppNet.Peers;

/// <summary>
/// Asks at a port of this host whether the peer that is listed with it is there, and proves itself; what is not listed is a stranger,
/// whatever it answers.
/// </summary>
internal sealed class PortProbe(ITransport tcp, RuntimeDirectory directory, Func<HandshakeParty> self) : IPortProbe
{
    // Who has proved itself at a port. An instance never runs twice, and it is listed only while it lives: once is enough, or whoever
    // looks each second would shake hands with each neighbour each second.
    private readonly ConcurrentDictionary<int, Guid> _proven = new();

    /// <inheritdoc/>
    public async ValueTask<ProbeResult> ProbeAsync(string host, int port, CancellationToken cancellationToken)
    {
        var address = new TransportAddress(TcpTransport.TransportName, host, port);

        // The file will do: whoever is listed without one is found where the entries are read.
        var listed = directory.FindByFile(port);
        if (listed is null)
        {
            return await IsTakenAsync(address, cancellationToken).ConfigureAwait(false) ? ProbeResult.Foreign : ProbeResult.Nothing;
        }

        if (_proven.TryGetValue(port, out var instance) && instance == listed.Info.Instance)
        {
            return ProbeResult.Found(listed);
        }

        var target = new DialTarget(listed.Info.Id, address, listed.Info.Instance, listed.Secret.ToArray());
        try
        {
            await Dialling.ProveAsync(tcp, target, self(), cancellationToken).ConfigureAwait(false);
            _proven[port] = listed.Info.Instance;
            return ProbeResult.Found(listed);
        }
        catch (NetException)
        {
            return ProbeResult.Foreign;
        }
    }

    private async ValueTask<bool> IsTakenAsync(TransportAddress address, CancellationToken cancellationToken)
    {
        try
        {
            using var duplex = await tcp.ConnectAsync(address, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
