using BenchmarkDotNet.Attributes;

namespace AppNet.Micro;

/// <summary>Raising an event as users write it, with nobody who has subscribed.</summary>
public class QuietEventBenchmarks
{
    private int _number;

    /// <summary>Starts the peer of this process, in memory.</summary>
    /// <returns>A task that ends when it runs.</returns>
    [GlobalSetup]
    public Task SetupAsync() => Net.StartAsync(options => options.Network = new MemoryNetwork());

    /// <summary>Calls the event's method.</summary>
    /// <returns>A task that has ended.</returns>
    [Benchmark]
    public Task Raise() => MicroFunctions.Tick(_number++);
}
