using System.Diagnostics.CodeAnalysis;
using AppNet.Calls;
using AppNet.Connections;
using AppNet.Wire;
using BenchmarkDotNet.Attributes;

namespace AppNet.Micro;

/// <summary>The calling side without its codecs and its network: a call gets a number, is queued, and is ended by its answer.</summary>
public class CallTableBenchmarks
{
    private const int Window = 64;

    private static readonly ValueCodec<int> Int = KnownCodecs.Of<int>();

    private readonly ValueTask<int>[] _results = new ValueTask<int>[Window];
    private OneSide _side = null!;

    /// <summary>Makes the link.</summary>
    [GlobalSetup]
    public void Setup() => _side = new OneSide();

    /// <summary>Ends what it has.</summary>
    [GlobalCleanup]
    public void Cleanup() => _side.Dispose();

    /// <summary>Starts 64 calls, and ends each by its answer.</summary>
    /// <returns>The sum of the results.</returns>
    [Benchmark(OperationsPerInvoke = Window)]
    [SuppressMessage("Usage", "VSTHRD002", Justification = "All have been answered.")]
    public int StartAndAnswer()
    {
        var table = _side.Calls.Outgoing;
        var last = 0u;
        for (var index = 0; index < Window; index++)
        {
            var call = PendingCall<int>.Rent(table, MicroFunctions.AddTag, Int);
            _results[index] = call.Task;
            table.Start(call, new CallRequest { Payload = "[20,22]"u8 });
            last = call.Id;
        }

        _side.Link.Flush();
        for (var id = last - Window + 1; id != last + 1; id++)
        {
            table.OnAnswer(new Frame(new FrameHeader(2, FrameType.Answer, FrameFlags.None, 0, id), "42"u8));
        }

        var sum = 0;
        foreach (var result in _results)
        {
            sum += result.Result;
        }

        return sum;
    }
}
