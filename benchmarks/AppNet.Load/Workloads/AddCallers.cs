using System.Diagnostics;
using AppNet.Load.Measuring;
using AppNet.Load.Systems;

namespace AppNet.Load.Workloads;

/// <summary>W1 and W2: callers that add two numbers over there.</summary>
/// <param name="count">How many callers share the link.</param>
internal sealed class AddCallers(int count) : ICallers
{
    /// <inheritdoc/>
    public Task RunAsync(IWorkloadClient client, CallMeter meter) => client is IWindowedClient windowed
        ? BlockingThread.RunAsync(() => windowed.AddInWindow(count, meter))
        : Task.WhenAll(Enumerable.Range(0, count).Select(caller => Task.Run(() => CallAsync(client, meter, caller))));

    private static async Task CallAsync(IWorkloadClient client, CallMeter meter, int caller)
    {
        var started = Stopwatch.GetTimestamp();
        for (var number = 0; meter.IsRunning; number++)
        {
            var sum = await client.AddAsync(number, caller);
            started = meter.Completed(started, calls: 1);
            if (sum != number + caller)
            {
                throw new LoadException($"{number} + {caller} came back as {sum}.");
            }
        }
    }
}
