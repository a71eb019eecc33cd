using BenchmarkDotNet.Attributes;

namespace AppNet.Micro;

/// <summary>Calls as users write them: the method itself, its overload here, and its overload on a peer in memory.</summary>
public class CallBenchmarks
{
    private const int Window = 64;

    private readonly Task<int>[] _results = new Task<int>[Window];
    private LocalPeer _caller = null!;
    private LocalPeer _called = null!;
    private Peer _peer = null!;

    /// <summary>Starts two peers in memory.</summary>
    /// <returns>A task that ends when they are linked.</returns>
    [GlobalSetup]
    public async Task SetupAsync()
    {
        var network = new MemoryNetwork();
        _called = new LocalPeer(new NetOptions { Network = network });
        _caller = new LocalPeer(new NetOptions { Network = network });
        await _called.StartAsync();
        await _caller.StartAsync();
        _peer = _caller.GetPeer(_called.Id);
        await MicroFunctions.Add(20, 22, peer: _peer);
    }

    /// <summary>Stops them.</summary>
    /// <returns>A task that ends when they have.</returns>
    [GlobalCleanup]
    public async Task CleanupAsync()
    {
        await _caller.DisposeAsync();
        await _called.DisposeAsync();
    }

    /// <summary>The user's own method.</summary>
    /// <returns>Its result.</returns>
    [Benchmark(Baseline = true)]
    public int Method() => MicroFunctions.Add(20, 22);

    /// <summary>The overload without a peer: the pipeline of a remote call less the wire.</summary>
    /// <returns>Its result.</returns>
    [Benchmark]
    public Task<int> OverloadHere() => MicroFunctions.Add(20, 22, peer: null);

    /// <summary>The overload with a peer, one call at a time: ruled by waking threads.</summary>
    /// <returns>Its result.</returns>
    [Benchmark]
    public Task<int> OverloadThere() => MicroFunctions.Add(20, 22, peer: _peer);

    /// <summary>The overload with a peer, 64 calls at once.</summary>
    /// <returns>A task that ends when all are answered.</returns>
    [Benchmark(OperationsPerInvoke = Window)]
    public async Task OverloadThereInFlight()
    {
        for (var index = 0; index < Window; index++)
        {
            _results[index] = MicroFunctions.Add(20, 22, peer: _peer);
        }

        foreach (var result in _results)
        {
            await result;
        }
    }
}
