using AppNet.Calls;
using AppNet.Links;
using AppNet.Python;
using AppNet.Transport;

namespace AppNet.Peers;

/// <summary>Serves a Python caller of this process once on each wire, before the peer listens: see <see cref="PythonWarmUp"/>.</summary>
/// <param name="calls">The calls of the peer, for this alone.</param>
/// <param name="home">Where it will live.</param>
internal sealed class PythonRehearsal(CallProtocol calls, IHome home) : IDisposable
{
    private readonly LinkThreads _threads = new(calls.Options.Time, TimeSpan.Zero);

    /// <summary>Runs it.</summary>
    /// <returns>A task that ends when all is answered, or was in vain.</returns>
    public async Task RunAsync()
    {
        var links = new LinkOptions { Time = calls.Options.Time };
        var info = PeerInfo.ForThisProcess(new PeerId("127.0.0.1", PeerAddress.DefaultPort), Guid.NewGuid(), calls.Options.Time);
        var setup = new PythonSetup
        {
            Calls = calls,
            Self = () => info,
            Subscribed = () => [],
            Links = links,
            Threads = _threads,
            Transport = PythonSide.TransportOf(home),
            MayConnect = home.IsOnHost,
        };
        var peers = new PythonPeers(setup, (_, _) => throw new NetException(NetError.Refused, "The peer has not started."));
        var door = new PythonDoor(setup, new PythonFunctions(setup, peers));
        await using (door.ConfigureAwait(false))
        {
            var gate = new PythonGate(door, calls.Logger);
            var anteroom = new Anteroom(links, capacity: 1);
            await PythonWarmUp.RunAsync(setup, TakeAsync).ConfigureAwait(false);

            async Task TakeAsync(IDuplex duplex) =>
                _ = gate.TryTake(duplex, await anteroom.WaitAsync(duplex, CancellationToken.None).ConfigureAwait(false));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        calls.Slow.Dispose();
        _threads.Dispose();
    }
}
