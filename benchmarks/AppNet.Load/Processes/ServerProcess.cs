using AppNet.Load.Measuring;
using AppNet.Load.Systems;

namespace AppNet.Load.Processes;

/// <summary>The verb <c>server</c>: answers calls, and questions about itself on the control channel.</summary>
internal static class ServerProcess
{
    /// <summary>The question for the usage as it is.</summary>
    public const string UsageQuestion = "usage";

    /// <summary>The question for the usage after a collection of garbage.</summary>
    public const string MemoryQuestion = "memory";

    /// <summary>Runs until the process that started it goes.</summary>
    /// <param name="order">What to serve, and where.</param>
    /// <returns>The exit code; it ends by <see cref="ControlLines"/> alone.</returns>
    public static async Task<int> RunAsync(ServerOrder order)
    {
        var control = ControlLines.Open();
        await using var server = await SystemCatalogue.Create(order.System).StartServerAsync(order.Endpoint);
        ControlLines.Write(server.Endpoint.ToString());
        while (true)
        {
            var question = await control.ReadAsync();
            var usage = question switch
            {
                UsageQuestion => Usage.Measure(),
                MemoryQuestion => Usage.MeasureCollected(),
                _ => throw new LoadException($"Asked '{question}', which a server does not know."),
            };
            ControlLines.Write(usage.ToString());
        }
    }
}
