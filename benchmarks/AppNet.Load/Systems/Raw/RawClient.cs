using System.Diagnostics;
using AppNet.Load.Measuring;

namespace AppNet.Load.Systems.Raw;

/// <summary>
/// One blocking stream. Its calls are over when they return; windows are carried by <see cref="IWindowedClient"/>.
/// </summary>
/// <param name="stream">The stream; closed with the client.</param>
internal sealed class RawClient(Stream stream) : IWorkloadClient, IWindowedClient
{
    private readonly byte[] _frame = new byte[RawFrame.AddLength];

    /// <inheritdoc/>
    public ValueTask<int> AddAsync(int left, int right)
    {
        RawFrame.WriteAdd(_frame, left, right);
        stream.Write(_frame);
        stream.ReadExactly(_frame);
        return ValueTask.FromResult(RawFrame.ReadSum(_frame));
    }

    /// <inheritdoc/>
    public ValueTask<byte[]> EchoAsync(byte[] payload)
    {
        var frame = RawFrame.Create(payload);
        stream.Write(frame);
        stream.ReadExactly(frame);
        return ValueTask.FromResult(frame[RawFrame.HeaderLength..]);
    }

    /// <inheritdoc/>
    public void AddInWindow(int window, CallMeter meter)
    {
        var batch = new byte[window * RawFrame.AddLength];
        for (var call = 0; call < window; call++)
        {
            RawFrame.WriteAdd(batch.AsSpan(call * RawFrame.AddLength), call, 1);
        }

        var answers = new byte[batch.Length];
        var started = Stopwatch.GetTimestamp();
        while (meter.IsRunning)
        {
            stream.Write(batch);
            stream.ReadExactly(answers);
            if (!answers.AsSpan().SequenceEqual(batch))
            {
                throw new LoadException("The batch came back changed.");
            }

            started = meter.Completed(started, window);
        }
    }

    /// <inheritdoc/>
    public void EchoInWindow(byte[] payload, int window, CallMeter meter)
    {
        using var echoes = new RawEchoWindow(stream, payload, window, meter);
        echoes.Run();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => stream.DisposeAsync();
}
