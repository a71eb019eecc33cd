using System.Diagnostics;
using AppNet.Load.Measuring;
using AppNet.Load.Systems;

namespace AppNet.Load.Workloads;

/// <summary>W3: callers that send bytes there and back.</summary>
/// <param name="count">How many callers share the link.</param>
/// <param name="payloadBytes">How many bytes each of them sends.</param>
internal sealed class EchoCallers(int count, int payloadBytes) : ICallers
{
    private const int PayloadSeed = 5;

    /// <inheritdoc/>
    public Task RunAsync(IWorkloadClient client, CallMeter meter)
    {
        var payload = CreatePayload();
        return client is IWindowedClient windowed
            ? BlockingThread.RunAsync(() => windowed.EchoInWindow(payload, count, meter))
            : Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Run(() => CallAsync(client, meter, payload))));
    }

    private static async Task CallAsync(IWorkloadClient client, CallMeter meter, byte[] payload)
    {
        var started = Stopwatch.GetTimestamp();
        while (meter.IsRunning)
        {
            var echo = await client.EchoAsync(payload);
            started = meter.Completed(started, calls: 1);
            if (echo.Length != payload.Length || echo[^1] != payload[^1])
            {
                throw new LoadException("The echo came back changed.");
            }
        }
    }

    private byte[] CreatePayload()
    {
        var payload = new byte[payloadBytes];
        new Random(PayloadSeed).NextBytes(payload);
        return payload;
    }
}
