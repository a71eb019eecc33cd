using System.Globalization;
using AppNet.Load.Events;
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

    /// <summary>The order to raise events, of a case that has them.</summary>
    public const string PublishOrder = "publish";

    /// <summary>The answer to it.</summary>
    public const string Publishing = "publishing";

    /// <summary>The order to stop that; the answer is how many were raised.</summary>
    public const string QuietOrder = "quiet";

    /// <summary>Runs until the process that started it goes.</summary>
    /// <param name="order">What to serve, and where.</param>
    /// <returns>The exit code; it ends by <see cref="ControlLines"/> alone.</returns>
    public static async Task<int> RunAsync(ServerOrder order)
    {
        var control = ControlLines.Open();
        await using var server = await SystemCatalogue.Create(order.System).StartServerAsync(order.Endpoint, order.Load);
        var pump = server.Publisher is { } publisher ? new EventPump(publisher, EventPlan.Of(order.Load)) : null;
        ControlLines.Write(server.Endpoint.ToString());
        while (true)
        {
            ControlLines.Write(await AnswerAsync(await control.ReadAsync(), pump));
        }
    }

    private static async Task<string> AnswerAsync(string question, EventPump? pump)
    {
        switch (question)
        {
            case UsageQuestion:
                return Usage.Measure().ToString();
            case MemoryQuestion:
                return Usage.MeasureCollected().ToString();
            case PublishOrder when pump is not null:
                pump.Start();
                return Publishing;
            case QuietOrder when pump is not null:
                return (await pump.StopAsync()).ToString(CultureInfo.InvariantCulture);
            default:
                throw new LoadException($"Asked '{question}', which this server does not know.");
        }
    }
}
