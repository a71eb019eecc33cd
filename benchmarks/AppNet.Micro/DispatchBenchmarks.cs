using System.Text;
using AppNet.Wire;
using BenchmarkDotNet.Attributes;

namespace AppNet.Micro;

/// <summary>The side that is called, without its network: a call arrives, the function runs, the answer is queued.</summary>
public class DispatchBenchmarks
{
    private const int Window = 64;
    private const ushort TagNumber = 1;

    private OneSide _side = null!;
    private uint _id;

    /// <summary>Makes the link, and gives the function's tag a number.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _side = new OneSide();
        var tag = Encoding.UTF8.GetBytes(MicroFunctions.AddTag);
        _side.Calls.Incoming.OnTag(new Frame(new FrameHeader((uint)tag.Length, FrameType.Tag, FrameFlags.None, TagNumber, 0), tag));
    }

    /// <summary>Ends what it has.</summary>
    [GlobalCleanup]
    public void Cleanup() => _side.Dispose();

    /// <summary>Runs 64 calls that arrived together.</summary>
    [Benchmark(OperationsPerInvoke = Window)]
    public void RunCall()
    {
        for (var index = 0; index < Window; index++)
        {
            _side.Calls.Incoming.OnCall(new Frame(new FrameHeader(7, FrameType.Call, FrameFlags.None, TagNumber, ++_id), "[20,22]"u8));
        }

        _side.Link.Flush();
    }
}
