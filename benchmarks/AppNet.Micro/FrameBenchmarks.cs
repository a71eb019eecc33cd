using AppNet.Links;
using AppNet.Wire;
using BenchmarkDotNet.Attributes;

namespace AppNet.Micro;

/// <summary>Frames: headers written, and whole frames taken off what has been received.</summary>
public class FrameBenchmarks
{
    private const int Frames = 64;

    private static readonly byte[] Arguments = "[20,22]"u8.ToArray();

    private readonly byte[] _received = new byte[Frames * (FrameHeader.Size + Arguments.Length)];
    private readonly byte[] _header = new byte[FrameHeader.Size];
    private readonly ReceiveBuffer _buffer = new(LinkLimits.Default.Frame, default);

    /// <summary>Makes what is received.</summary>
    [GlobalSetup]
    public void Setup()
    {
        for (var index = 0; index < Frames; index++)
        {
            var frame = _received.AsSpan(index * (FrameHeader.Size + Arguments.Length));
            new FrameHeader((uint)Arguments.Length, FrameType.Call, FrameFlags.None, 1, (uint)index).Write(frame);
            Arguments.CopyTo(frame[FrameHeader.Size..]);
        }
    }

    /// <summary>Writes a header.</summary>
    [Benchmark]
    public void WriteHeader() => new FrameHeader(7, FrameType.Call, FrameFlags.None, 1, 42).Write(_header);

    /// <summary>Takes 64 frames that arrived together, one after the other.</summary>
    /// <returns>The sum of their numbers.</returns>
    [Benchmark(OperationsPerInvoke = Frames)]
    public uint TakeFrame()
    {
        _received.CopyTo(_buffer.GetRoom());
        _buffer.Commit(_received.Length);
        var sum = 0u;
        while (_buffer.TryTake(out var frame))
        {
            sum += frame.Header.Id;
        }

        return sum;
    }
}
