using System.Diagnostics;
using AppNet.Links;
using AppNet.TestKit;
using AppNet.Transport;
using Xunit;

namespace AppNet.Tests.Limits;

/// <summary>The part of <see cref="OriginalLimitsTests"/> that counts what the whole process has.</summary>
[Collection(Alone.Name)]
public sealed class OriginalLimitsTestsOfThreads
{
    // Row 6: a thread for each open connection, no read time-out: 500 idle ones, 502 threads.
    [Fact]
    public async Task Five_hundred_idle_links_take_no_thread_each_and_calls_are_still_answered()
    {
        var network = new MemoryNetwork();
        await using var peer = new LocalPeer(new NetOptions { Network = network, LoggerFactory = new LogRecorder(), TimeProvider = new ManualTimeProvider() });
        await peer.StartAsync(TestContext.Current.CancellationToken);
        await using var caller = new LocalPeer(new NetOptions { Network = network, LoggerFactory = new LogRecorder() });
        await caller.StartAsync(TestContext.Current.CancellationToken);
        peer.Connect("same", (int value) => value);
        var before = CountThreads();

        // Bare ends of links, which have nothing of their own that runs.
        var target = new DialTarget(peer.Id, new TransportAddress("memory", peer.Host, peer.Port), peer.Info.Instance, Secret: null);
        var links = await Task.WhenAll(Enumerable.Range(0, 500).Select(i =>
            Dialling.DialAsync(
                network.OpenTransport(), target, new HandshakeParty(Sample.Info(port: 5_000 + i), new LinkOptions()), TestContext.Current.CancellationToken)));
        var answer = await caller.GetPeer(peer.Id).InvokeAsync<int>("same", [1], TestContext.Current.CancellationToken);
        var grown = CountThreads() - before;

        Assert.Equal(1, answer);
        Assert.InRange(grown, int.MinValue, 100);
        Assert.All(links, link => link.Duplex.Dispose());
    }

    private static int CountThreads()
    {
        using var process = Process.GetCurrentProcess();
        return process.Threads.Count;
    }
}
